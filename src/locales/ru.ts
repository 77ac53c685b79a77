import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Russian. Names stand in quotes and counts after a colon, so that neither has to be declined. */
export const ru: Messages = {
  language: 'ru',

  trigger: 'Прикрепить файлы',
  input: 'Файлы',
  list: 'Вложения',
  zone: 'Добавить файлы',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'или перетащите либо вставьте их сюда' : drop ? 'или перетащите их сюда' : paste ? 'или вставьте их сюда' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Это приложение не принимает файлы.'
    const count = accepted.maxFiles === null ? '' : `, максимум ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `ещё ${formats.number(more)}`)
    if (isExtensionsOnly(accepted)) return `${extensions} до ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} до ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, а также ${extensions}`
    return `${capital(sizes.join(', '), 'ru')}${also}${count}.`
  },
  ignored: 'Изображения могут остаться без внимания: их загрузка в этом приложении настроена по-старому, и Dify её не учитывает.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Файлы любого типа' : capital(formats.list(shortListOf(accepted, KINDS)), 'ru')),
  overlay: { drop: 'Отпустите, чтобы прикрепить', refuse: 'Это нельзя прикрепить здесь' },

  uploading: (name) => `Загружается ${quoted(name)}`,
  remove: (name) => `Удалить ${quoted(name)}`,
  retry: (name) => `Повторить: ${quoted(name)}`,
  retryShort: 'Повторить',
  choose: (name) => `Выбрать файл снова: ${quoted(name)}`,
  chooseShort: 'Выбрать файл снова',
  rename: (name) => `Переименовать ${quoted(name)}`,
  renameShort: 'Переименовать',
  newName: (name) => `Новое имя для ${quoted(name)}`,
  fixes: {
    removeCopy: 'Удалить копию',
    removeCopyOf: (name) => `Удалить копию: ${quoted(name)}`,
    renameTo: (newName) => `Переименовать в ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Переименовать в ${quoted(newName)} (сейчас ${quoted(name)})`,
    useOriginal: 'Взять оригинал',
    useOriginalOf: (name) => `Взять оригинал: ${quoted(name)}`,
  },
  link: {
    open: 'Добавить ссылку',
    address: 'Веб-адрес файла',
    add: 'Добавить',
    cancel: 'Отмена',
    invalid: 'Это не веб-адрес. Он начинается с https://',
  },
  preview: (name) => `Просмотреть ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} из ${formats.number(of)}`,
    previous: 'Предыдущий файл',
    next: 'Следующий файл',
    close: 'Закрыть',
    nothing: 'Этот браузер не может показать файл. Он всё равно прикреплён.',
    cut: (bytes, formats) => `Показано только начало: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Другие способы прикрепить',
  ways: { device: 'Выбрать файлы', camera: 'Сделать фото', folder: 'Выбрать папку', link: 'Добавить ссылку' },
  move: (name) => `Переместить ${quoted(name)}`,
  moveTo: { start: 'В начало', earlier: 'Раньше', later: 'Позже', end: 'В конец' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Подготовка…'
      case 'queued': return 'В очереди'
      case 'not_started': return 'Ещё не отправлено'
      case 'uploading':
        if (facts.percent === null) return 'Загрузка…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, осталось: ${formats.duration(facts.left)}`
      case 'finishing': return 'Завершение…'
      case 'stalled': return 'Пока без движения…'
      case 'waiting': return `До новой попытки: ${formats.duration(facts.wait)}`
      case 'offline': return 'Ожидание подключения'
      case 'uploaded': return 'Прикреплено'
      case 'link': return 'Ссылка'
    }
  },
  sizeOfRest: (count, formats) => `и ещё ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'Этот файл пуст: в нём 0 байт. Выберите файл с содержимым.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `файлы .${facts.extension}` : `${facts.kind === 'custom' ? 'файлы' : OF_KINDS[facts.kind]} без расширения`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} не принимает ${what}.` : `${WHO[facts.layer]} не принимает ${what}, только ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Не добавлено. ${WHO[facts.layer]} не принимает изображения в сообщении.` : `Не добавлено. ${WHO[facts.layer]} не принимает файлы в сообщении.`
      const rule = `${WHO[facts.layer]} принимает максимум ${counted(facts.limit, formats)} в сообщении.`
      if (facts.count === 1) return `Не добавлено. ${rule} Удалите что-нибудь, чтобы освободить место.`
      const names = namesOf(facts, formats, (more) => `ещё ${formats.number(more)}`, quoted)
      return `Не добавлено: ${counted(facts.count, formats)} (${names}). ${rule} Удалите что-нибудь, чтобы освободить место.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Это не веб-адрес. Он начинается с https://' : 'У этого файла нет имени. Переименуйте его и выберите снова.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'В этой папке нет файлов.'
        case 'too_many_files':
          return facts.limit === null
            ? 'В этой папке слишком много файлов; взяты только первые.'
            : `В этой папке больше чем ${files(facts.limit, formats)}; взяты только первые ${formats.number(facts.limit)}.`
        case 'not_accepted': return 'Здесь нельзя прикреплять папки. Откройте папку и выберите файлы в ней.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} не принимает файлы.`
        case 'local_files': return `${WHO[facts.layer]} принимает только ссылки, но не файлы с устройства.`
        case 'links': return `${WHO[facts.layer]} не принимает ссылки, только файлы с устройства.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Эта страница не принимает этот файл.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `По имени это .${facts.extension}, но содержимое другое. Проверьте файл.`
        : `По имени это .${facts.extension}, но содержимое — ${facts.found.toUpperCase()}. Если это верно, смените расширение на .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Этот файл изменился после выбора. Выберите его снова.'
        case 'missing': return 'Этого файла больше нет: он перемещён, переименован или удалён. Выберите его снова.'
        case 'not_readable': return 'Этот файл не читается. Возможно, он был изменён после выбора, заблокирован или ещё не скачан на это устройство. Выберите его снова.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} — больше, чем сервер принимает для ${OF_KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} — больше, чем ${LIMIT[facts.layer ?? 'app']} для ${OF_KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} больше, чем сервер Dify принимает за одну загрузку.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} больше, чем пропускает один из серверов на пути к Dify. Его администратор может поднять это ограничение.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify не принимает файлы этого типа.' : `Dify не принимает файлы этого типа (${endingOf(name)}).`),
    too_many_files: () => 'Dify принимает по одному файлу за загрузку, а получил несколько.',
    filename_not_exists_error: () => 'Dify не получил имя этого файла. Переименуйте его и выберите снова.',
    invalid_param: () => 'Dify не принял этот файл в таком виде. Возможно, в его имени есть символ, который Dify не принимает.',
    bad_request_key_error: () => 'Файл дошёл до Dify не целиком. Попробуйте ещё раз.',
    no_file_uploaded: () => 'Файл не дошёл до Dify. Попробуйте ещё раз.',
    upload_incomplete: ({ facts }, _, formats) => `До Dify дошло только ${formats.bytes(facts.stored)} из ${formats.bytes(facts.expected)}. Попробуйте ещё раз.`,
    unauthorized: () => 'Вы вышли из системы. Войдите и попробуйте ещё раз.',
    session_required: () => 'Ваш сеанс завершился. Попробуйте ещё раз.',
    forbidden_origin: () => 'Сервер не принимает загрузки с этой страницы. Его администратор должен их разрешить.',
    not_found: () => 'По этому адресу нет службы загрузки. Администратор страницы должен исправить адрес.',
    method_not_allowed: () => 'Служба загрузки по этому адресу не принимает файлы. Администратор страницы должен исправить адрес.',
    invalid_user: () => 'Сервер не смог определить, кто вы. Его администратор должен это исправить.',
    too_many_requests: () => 'Слишком много загрузок сразу для сервера. Попробуйте ещё раз чуть позже.',
    rate_limit_error: () => 'Это приложение пока исчерпало свои загрузки. Попробуйте позже или обратитесь к его администратору.',
    gateway_timeout: () => 'Сервер слишком долго не отвечал. Попробуйте ещё раз.',
    upstream_unavailable: () => 'Сейчас Dify недоступен. Попробуйте ещё раз.',
    unknown: () => 'В Dify произошла ошибка. Попробуйте ещё раз.',
    internal_server_error: () => 'На сервере произошла ошибка. Попробуйте ещё раз.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Нет подключения. Загрузка продолжится, когда оно вернётся.'
        case 'stalled': return 'Долго не было движения, поэтому загрузка прекращена. Попробуйте ещё раз.'
        case 'no_answer': return 'Всё отправлено, но ответ не пришёл. Попробуйте ещё раз.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Соединение прервалось. Попробуйте ещё раз.'
          return size === null ? 'Соединение прервалось. Причиной может быть ограничение размера на пути.' : `Соединение прервалось. При размере файла ${formats.bytes(size)} причиной может быть ограничение на пути.`
      }
    },
    upstream_unauthorized: () => 'Ключ сервера для Dify недействителен. Администратор сервера должен его исправить.',
    upstream_forbidden: () => 'Dify не разрешает этому серверу загружать файлы. Администратор сервера должен это исправить.',
    upstream_not_found: () => 'Служба загрузки Dify не найдена. Администратор сервера должен исправить её адрес.',
    upstream_redirect: () => 'Адрес Dify ведёт в другое место. Администратор сервера должен его исправить.',
    upstream_not_dify: () => 'Ответ пришёл не от Dify. Администратор сервера должен проверить адрес.',
    other: ({ serverCode, retryable }) => (retryable ? `Сервер отклонил этот файл (${serverCode}). Попробуйте ещё раз.` : `Сервер отклонил этот файл (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Переименовано, прежнее имя: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Уменьшено: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Преобразовано: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Уже в списке',
    'content-differs': ({ extension }) => (extension === null ? 'Содержимое не соответствует имени' : `Содержимое похоже на ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `Добавлено: ${quoted(names[0] ?? '')}.` : `Добавлено: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `Прикреплено: ${quoted(names[0] ?? '')}.` : `Прикреплено: ${files(count, formats)}.`),
    half: (name) => `Отправлена половина: ${quoted(name)}.`,
    removed: (name) => `Удалено: ${quoted(name)}.`,
    moved: (name, place, of, formats) => `${quoted(name)} теперь на месте ${formats.number(place)} из ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} переименовано в ${quoted(newName)}.`,
    original: (name) => `Вместо этого отправляется оригинал: ${quoted(name)}.`,
    offline: 'Нет подключения. Загрузки ждут его.',
    online: 'Подключение восстановлено.',
    drop: 'Отпустите, чтобы прикрепить.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `И ещё с ошибками: ${formats.number(count)}.`,
  },
  draft: {
    elsewhere: 'Этот черновик хранит другая вкладка. Файлы, добавленные здесь, пропадут при закрытии страницы.',
    unavailable: 'Этот браузер не хранит черновики. Неотправленные файлы пропадут при закрытии страницы.',
    notKept: (names, count, formats) => (count === 1 ? `Нет места, чтобы сохранить ${quoted(names[0] ?? '')}. Если страница закроется, выберите этот файл снова.` : `Не хватило места, чтобы сохранить: ${files(count, formats)}. Если страница закроется, выберите их снова.`),
    expired: (count, formats) => `Удалено из черновика, так как хранилось слишком долго: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Файлы подготавливаются…',
    uploading: 'Ожидание загрузки файлов…',
    waiting: 'Ожидание новой попытки загрузки…',
    offline: 'Ожидание подключения…',
    failed: 'Один из файлов не загрузился. Повторите, удалите его или отправьте без него.',
    not_started: 'Файлы ещё не загружены.',
    required: 'Сначала прикрепите файл.',
    too_many: 'Слишком много файлов для одного сообщения. Удалите некоторые.',
    sending: 'Отправка…',
    sendFailed: 'Сообщение не отправлено. Ничего не потеряно: попробуйте ещё раз.',
  },
}

const KINDS: KindWords = { image: 'изображения', document: 'документы', audio: 'аудио', video: 'видео', custom: 'другие файлы' }
/** In the genitive. */
const OF_KINDS: KindWords = { image: 'изображений', document: 'документов', audio: 'аудио', video: 'видео', custom: 'других файлов' }
const WHO: Record<Layer, string> = { host: 'Эта страница', operator: 'Этот сервер', app: 'Это приложение', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'лимит этой страницы', operator: 'лимит этого сервера', app: 'лимит этого приложения', default: 'обычный лимит Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} файл`, few: `${n} файла`, many: `${n} файлов`, other: `${n} файла` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} изображение`, few: `${n} изображения`, many: `${n} изображений`, other: `${n} изображения` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Размер этого файла' : `${formats.bytes(size)} —`
}

function quoted(name: string): string {
  return `«${name}»`
}
