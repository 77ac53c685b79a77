import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Ukrainian. Names stand in quotes and counts after a colon, so that neither has to be declined. */
export const uk: Messages = {
  language: 'uk',

  trigger: 'Прикріпити файли',
  input: 'Файли',
  list: 'Вкладення',
  zone: 'Додати файли',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'або перетягніть чи вставте їх сюди' : drop ? 'або перетягніть їх сюди' : paste ? 'або вставте їх сюди' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Цей застосунок не приймає файлів.'
    const count = accepted.maxFiles === null ? '' : `, щонайбільше ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `ще ${formats.number(more)}`)
    if (isExtensionsOnly(accepted)) return `${extensions} до ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} до ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, а також ${extensions}`
    return `${capital(sizes.join(', '), 'uk')}${also}${count}.`
  },
  ignored: 'Зображення можуть залишитися поза увагою: їх завантаження в цьому застосунку налаштовано по-старому, і Dify його не враховує.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Файли будь-якого типу' : capital(formats.list(shortListOf(accepted, KINDS)), 'uk')),
  overlay: { drop: 'Відпустіть, щоб прикріпити', refuse: 'Це не можна прикріпити тут' },

  uploading: (name) => `Завантажується ${quoted(name)}`,
  remove: (name) => `Вилучити ${quoted(name)}`,
  retry: (name) => `Повторити: ${quoted(name)}`,
  retryShort: 'Повторити',
  choose: (name) => `Вибрати файл знову: ${quoted(name)}`,
  chooseShort: 'Вибрати файл знову',
  rename: (name) => `Перейменувати ${quoted(name)}`,
  renameShort: 'Перейменувати',
  newName: (name) => `Нова назва для ${quoted(name)}`,
  fixes: {
    removeCopy: 'Вилучити копію',
    removeCopyOf: (name) => `Вилучити копію: ${quoted(name)}`,
    renameTo: (newName) => `Перейменувати на ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Перейменувати на ${quoted(newName)} (зараз ${quoted(name)})`,
    useOriginal: 'Взяти оригінал',
    useOriginalOf: (name) => `Взяти оригінал: ${quoted(name)}`,
  },
  link: {
    open: 'Додати посилання',
    address: 'Вебадреса файлу',
    add: 'Додати',
    cancel: 'Скасувати',
    invalid: 'Це не вебадреса. Вона починається з https://',
  },
  preview: (name) => `Переглянути ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} з ${formats.number(of)}`,
    previous: 'Попередній файл',
    next: 'Наступний файл',
    close: 'Закрити',
    nothing: 'Цей браузер не може показати файл. Його все одно прикріплено.',
    cut: (bytes, formats) => `Показано лише початок: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Інші способи прикріпити',
  ways: { device: 'Вибрати файли', camera: 'Зробити фото', folder: 'Вибрати папку', link: 'Додати посилання' },
  move: (name) => `Перемістити ${quoted(name)}`,
  moveTo: { start: 'На початок', earlier: 'Раніше', later: 'Пізніше', end: 'У кінець' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Підготовка…'
      case 'queued': return 'У черзі'
      case 'not_started': return 'Ще не надіслано'
      case 'uploading':
        if (facts.percent === null) return 'Завантаження…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, залишилося: ${formats.duration(facts.left)}`
      case 'finishing': return 'Завершення…'
      case 'stalled': return 'Поки що без руху…'
      case 'waiting': return `До нової спроби: ${formats.duration(facts.wait)}`
      case 'offline': return 'Очікування з’єднання'
      case 'uploaded': return 'Прикріплено'
      case 'link': return 'Посилання'
    }
  },
  sizeOfRest: (count, formats) => `і ще ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'Цей файл порожній: у ньому 0 байтів. Виберіть файл із вмістом.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `файлів .${facts.extension}` : `${facts.kind === 'custom' ? 'файлів' : OF_KINDS[facts.kind]} без розширення`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} не приймає ${what}.` : `${WHO[facts.layer]} не приймає ${what}, лише ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Не додано. ${WHO[facts.layer]} не приймає зображень у повідомленні.` : `Не додано. ${WHO[facts.layer]} не приймає файлів у повідомленні.`
      const rule = `${WHO[facts.layer]} приймає щонайбільше ${counted(facts.limit, formats)} у повідомленні.`
      if (facts.count === 1) return `Не додано. ${rule} Вилучіть щось, щоб звільнити місце.`
      const names = namesOf(facts, formats, (more) => `ще ${formats.number(more)}`, quoted)
      return `Не додано: ${counted(facts.count, formats)} (${names}). ${rule} Вилучіть щось, щоб звільнити місце.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Це не вебадреса. Вона починається з https://' : 'Цей файл не має назви. Перейменуйте його й виберіть знову.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'У цій папці немає файлів.'
        case 'too_many_files':
          return facts.limit === null
            ? 'У цій папці забагато файлів; узято лише перші.'
            : `У цій папці більше ніж ${files(facts.limit, formats)}; узято лише перші ${formats.number(facts.limit)}.`
        case 'not_accepted': return 'Тут не можна прикріплювати папки. Відкрийте папку й виберіть файли в ній.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} не приймає файлів.`
        case 'local_files': return `${WHO[facts.layer]} приймає лише посилання, а не файли з пристрою.`
        case 'links': return `${WHO[facts.layer]} не приймає посилань, лише файли з пристрою.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Ця сторінка не приймає цей файл.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `За назвою це .${facts.extension}, але вміст інший. Перевірте файл.`
        : `За назвою це .${facts.extension}, але вміст — ${facts.found.toUpperCase()}. Якщо це правильно, змініть розширення на .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Цей файл змінився після вибору. Виберіть його знову.'
        case 'missing': return 'Цього файлу більше немає: його переміщено, перейменовано або видалено. Виберіть його знову.'
        case 'not_readable': return 'Цей файл не читається. Можливо, його змінено після вибору, заблоковано або ще не завантажено на цей пристрій. Виберіть його знову.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} — більше, ніж сервер приймає для ${OF_KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} — більше, ніж ${LIMIT[facts.layer ?? 'app']} для ${OF_KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} більше, ніж сервер Dify приймає за одне завантаження.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} більше, ніж пропускає один із серверів на шляху до Dify. Його адміністратор може підняти це обмеження.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify не приймає файлів цього типу.' : `Dify не приймає файлів цього типу (${endingOf(name)}).`),
    too_many_files: () => 'Dify приймає по одному файлу за завантаження, а отримав кілька.',
    filename_not_exists_error: () => 'Dify не отримав назви цього файлу. Перейменуйте його й виберіть знову.',
    invalid_param: () => 'Dify не прийняв цей файл у такому вигляді. Можливо, у його назві є символ, якого Dify не приймає.',
    bad_request_key_error: () => 'Файл дійшов до Dify не повністю. Спробуйте ще раз.',
    no_file_uploaded: () => 'Файл не дійшов до Dify. Спробуйте ще раз.',
    upload_incomplete: ({ facts }, _, formats) => `До Dify дійшло лише ${formats.bytes(facts.stored)} з ${formats.bytes(facts.expected)}. Спробуйте ще раз.`,
    unauthorized: () => 'Ви вийшли із системи. Увійдіть і спробуйте ще раз.',
    session_required: () => 'Ваш сеанс завершився. Спробуйте ще раз.',
    forbidden_origin: () => 'Сервер не приймає завантажень із цієї сторінки. Його адміністратор має їх дозволити.',
    not_found: () => 'За цією адресою немає служби завантаження. Адміністратор сторінки має виправити адресу.',
    method_not_allowed: () => 'Служба завантаження за цією адресою не приймає файлів. Адміністратор сторінки має виправити адресу.',
    invalid_user: () => 'Сервер не зміг визначити, хто ви. Його адміністратор має це виправити.',
    too_many_requests: () => 'Забагато завантажень одночасно для сервера. Спробуйте ще раз трохи згодом.',
    rate_limit_error: () => 'Цей застосунок поки що вичерпав свої завантаження. Спробуйте пізніше або зверніться до його адміністратора.',
    gateway_timeout: () => 'Сервер надто довго не відповідав. Спробуйте ще раз.',
    upstream_unavailable: () => 'Зараз Dify недоступний. Спробуйте ще раз.',
    unknown: () => 'У Dify сталася помилка. Спробуйте ще раз.',
    internal_server_error: () => 'На сервері сталася помилка. Спробуйте ще раз.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Немає з’єднання. Завантаження продовжиться, коли воно повернеться.'
        case 'stalled': return 'Довго не було руху, тому завантаження припинено. Спробуйте ще раз.'
        case 'no_answer': return 'Усе надіслано, але відповідь не надійшла. Спробуйте ще раз.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'З’єднання перервалося. Спробуйте ще раз.'
          return size === null ? 'З’єднання перервалося. Причиною може бути обмеження розміру на шляху.' : `З’єднання перервалося. Якщо розмір файлу ${formats.bytes(size)}, причиною може бути обмеження на шляху.`
      }
    },
    upstream_unauthorized: () => 'Ключ сервера для Dify недійсний. Адміністратор сервера має його виправити.',
    upstream_forbidden: () => 'Dify не дозволяє цьому серверу завантажувати файли. Адміністратор сервера має це виправити.',
    upstream_not_found: () => 'Службу завантаження Dify не знайдено. Адміністратор сервера має виправити її адресу.',
    upstream_redirect: () => 'Адреса Dify веде деінде. Адміністратор сервера має її виправити.',
    upstream_not_dify: () => 'Відповідь надійшла не від Dify. Адміністратор сервера має перевірити адресу.',
    other: ({ serverCode, retryable }) => (retryable ? `Сервер відхилив цей файл (${serverCode}). Спробуйте ще раз.` : `Сервер відхилив цей файл (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Перейменовано, колишня назва: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Зменшено: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Перетворено: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Уже у списку',
    'content-differs': ({ extension }) => (extension === null ? 'Вміст не відповідає назві' : `Вміст схожий на ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `Додано: ${quoted(names[0] ?? '')}.` : `Додано: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `Прикріплено: ${quoted(names[0] ?? '')}.` : `Прикріплено: ${files(count, formats)}.`),
    half: (name) => `Надіслано половину: ${quoted(name)}.`,
    removed: (name) => `Вилучено: ${quoted(name)}.`,
    moved: (name, place, of, formats) => `${quoted(name)} тепер на місці ${formats.number(place)} з ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} перейменовано на ${quoted(newName)}.`,
    original: (name) => `Натомість надсилається оригінал: ${quoted(name)}.`,
    offline: 'Немає з’єднання. Завантаження чекають на нього.',
    online: 'З’єднання відновлено.',
    drop: 'Відпустіть, щоб прикріпити.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `І ще з помилками: ${formats.number(count)}.`,
  },
  draft: {
    elsewhere: 'Цю чернетку зберігає інша вкладка. Файли, додані тут, зникнуть після закриття сторінки.',
    unavailable: 'Цей браузер не зберігає чернеток. Ненадіслані файли зникнуть після закриття сторінки.',
    notKept: (names, count, formats) => (count === 1 ? `Немає місця, щоб зберегти ${quoted(names[0] ?? '')}. Якщо сторінка закриється, виберіть цей файл знову.` : `Забракло місця, щоб зберегти: ${files(count, formats)}. Якщо сторінка закриється, виберіть їх знову.`),
    expired: (count, formats) => `Вилучено з чернетки, бо зберігалося надто довго: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Файли готуються…',
    uploading: 'Очікування завантаження файлів…',
    waiting: 'Очікування нової спроби завантаження…',
    offline: 'Очікування з’єднання…',
    failed: 'Один із файлів не завантажився. Повторіть, вилучіть його або надішліть без нього.',
    not_started: 'Файли ще не завантажено.',
    required: 'Спочатку прикріпіть файл.',
    too_many: 'Забагато файлів для одного повідомлення. Вилучіть деякі.',
    sending: 'Надсилання…',
    sendFailed: 'Повідомлення не надіслано. Нічого не втрачено: спробуйте ще раз.',
  },
}

const KINDS: KindWords = { image: 'зображення', document: 'документи', audio: 'аудіо', video: 'відео', custom: 'інші файли' }
/** In the genitive. */
const OF_KINDS: KindWords = { image: 'зображень', document: 'документів', audio: 'аудіо', video: 'відео', custom: 'інших файлів' }
const WHO: Record<Layer, string> = { host: 'Ця сторінка', operator: 'Цей сервер', app: 'Цей застосунок', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'ліміт цієї сторінки', operator: 'ліміт цього сервера', app: 'ліміт цього застосунку', default: 'звичайний ліміт Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} файл`, few: `${n} файли`, many: `${n} файлів`, other: `${n} файлу` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} зображення`, few: `${n} зображення`, many: `${n} зображень`, other: `${n} зображення` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Розмір цього файлу' : `${formats.bytes(size)} —`
}

function quoted(name: string): string {
  return `«${name}»`
}
