import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, isolated, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Persian. */
export const fa: Messages = {
  language: 'fa',

  trigger: 'پیوست کردن فایل',
  input: 'فایل‌ها',
  list: 'پیوست‌ها',
  zone: 'افزودن فایل',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'یا آن‌ها را اینجا رها کنید یا جای‌گذاری کنید' : drop ? 'یا آن‌ها را اینجا رها کنید' : paste ? 'یا آن‌ها را اینجا جای‌گذاری کنید' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'این برنامه فایلی نمی‌پذیرد.'
    const count = accepted.maxFiles === null ? '' : `، حداکثر ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} مورد دیگر`, isolated)
    if (isExtensionsOnly(accepted)) return `${extensions} تا ${isolated(formats.bytes(largestOf(accepted)))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} تا ${isolated(formats.bytes(bytes))}`
    })
    const also = extensions === '' ? '' : `، و نیز ${extensions}`
    return `${sizes.join('، ')}${also}${count}.`
  },
  ignored: 'شاید تصویرها دیده نشوند: بارگذاری تصویر در این برنامه به روشی قدیمی تنظیم شده که Dify نادیده می‌گیرد.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'هر نوع فایل' : formats.list(shortListOf(accepted, KINDS, isolated))),
  overlay: { drop: 'برای پیوست رها کنید', refuse: 'این را نمی‌توان اینجا پیوست کرد' },

  uploading: (name) => `در حال بارگذاری ${quoted(name)}`,
  remove: (name) => `حذف ${quoted(name)}`,
  retry: (name) => `تلاش دوباره برای ${quoted(name)}`,
  retryShort: 'تلاش دوباره',
  choose: (name) => `انتخاب دوبارهٔ فایل: ${quoted(name)}`,
  chooseShort: 'انتخاب دوبارهٔ فایل',
  rename: (name) => `تغییر نام ${quoted(name)}`,
  renameShort: 'تغییر نام',
  newName: (name) => `نام تازه برای ${quoted(name)}`,
  fixes: {
    removeCopy: 'حذف نسخهٔ تکراری',
    removeCopyOf: (name) => `حذف نسخهٔ تکراری: ${quoted(name)}`,
    renameTo: (newName) => `تغییر نام به ${quoted(newName)}`,
    renameFromTo: (name, newName) => `تغییر نام به ${quoted(newName)} (اکنون ${quoted(name)})`,
    useOriginal: 'استفاده از نسخهٔ اصلی',
    useOriginalOf: (name) => `استفاده از نسخهٔ اصلی: ${quoted(name)}`,
  },
  link: {
    open: 'افزودن پیوند',
    address: 'نشانی وب فایل',
    add: 'افزودن',
    cancel: 'لغو',
    invalid: `این نشانی وب نیست. نشانی وب این‌گونه آغاز می‌شود: ${isolated('https://')}`,
  },
  preview: (name) => `پیش‌نمایش ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} از ${formats.number(of)}`,
    previous: 'فایل قبلی',
    next: 'فایل بعدی',
    close: 'بستن',
    nothing: 'این مرورگر نمی‌تواند این فایل را نشان دهد. با این حال فایل پیوست شده است.',
    cut: (bytes, formats) => `فقط بخش نخست نشان داده می‌شود: ${isolated(formats.bytes(bytes))}.`,
  },
  moreWays: 'راه‌های دیگر پیوست',
  ways: { device: 'انتخاب فایل', camera: 'گرفتن عکس', folder: 'انتخاب پوشه', link: 'افزودن پیوند' },
  move: (name) => `جابه‌جایی ${quoted(name)}`,
  moveTo: { start: 'به ابتدا', earlier: 'جلوتر', later: 'عقب‌تر', end: 'به انتها' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'در حال آماده‌سازی…'
      case 'queued': return 'در نوبت'
      case 'not_started': return 'هنوز فرستاده نشده'
      case 'uploading':
        if (facts.percent === null) return 'در حال بارگذاری…'
        return facts.left === null ? formats.percent(facts.percent) : `${isolated(formats.percent(facts.percent))}، ${formats.duration(facts.left)} مانده`
      case 'finishing': return 'در حال پایان…'
      case 'stalled': return 'فعلاً پیش نمی‌رود…'
      case 'waiting': return `تلاش دوباره تا ${formats.duration(facts.wait)} دیگر`
      case 'offline': return 'در انتظار اتصال'
      case 'uploaded': return 'پیوست شد'
      case 'link': return 'پیوند'
    }
  },
  sizeOfRest: (count, formats) => `و ${formats.number(count - 1)} مورد دیگر`,

  errors: {
    empty_file: () => 'این فایل خالی است (۰ بایت). فایلی را انتخاب کنید که محتوا داشته باشد.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `فایل‌های ${isolated(`.${facts.extension}`)}` : `فایل‌های بدون پسوند (${facts.kind === 'custom' ? 'انواع دیگر' : KINDS[facts.kind]})`
      const allowed = allowedBy(facts, KINDS, isolated)
      return allowed.length === 0 ? `${WHO[facts.layer]} ${what} را نمی‌پذیرد.` : `${WHO[facts.layer]} ${what} را نمی‌پذیرد، فقط ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `افزوده نشد. ${WHO[facts.layer]} در پیام تصویری نمی‌پذیرد.` : `افزوده نشد. ${WHO[facts.layer]} در پیام فایلی نمی‌پذیرد.`
      const rule = `${WHO[facts.layer]} در هر پیام حداکثر ${counted(facts.limit, formats)} می‌پذیرد.`
      if (facts.count === 1) return `افزوده نشد. ${rule} برای باز شدن جا یکی را حذف کنید.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} مورد دیگر`, quoted)
      return `${counted(facts.count, formats)} افزوده نشد: ${names}. ${rule} برای باز شدن جا چند مورد را حذف کنید.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? `این نشانی وب نیست. نشانی وب این‌گونه آغاز می‌شود: ${isolated('https://')}` : 'این فایل نام ندارد. نامی برایش بگذارید و دوباره انتخابش کنید.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'در این پوشه فایلی نیست.'
        case 'too_many_files':
          return facts.limit === null
            ? 'در این پوشه فایل‌های بسیار زیادی هست؛ فقط نخستین‌ها افزوده شدند.'
            : `در این پوشه بیش از ${files(facts.limit, formats)} هست؛ فقط ${formats.number(facts.limit)} فایل نخست افزوده شد.`
        case 'not_accepted': return 'پوشه را نمی‌توان اینجا پیوست کرد. پوشه را باز کنید و فایل‌های درون آن را انتخاب کنید.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} فایلی نمی‌پذیرد.`
        case 'local_files': return `${WHO[facts.layer]} فقط پیوند می‌پذیرد، نه فایلی از دستگاه.`
        case 'links': return `${WHO[facts.layer]} پیوند نمی‌پذیرد، فقط فایل از دستگاه.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'این صفحه این فایل را نمی‌پذیرد.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `پسوند نام ${isolated(`.${facts.extension}`)} است، اما محتوا چیز دیگری است. فایل را بررسی کنید.`
        : `پسوند نام ${isolated(`.${facts.extension}`)} است، اما محتوا ${isolated(facts.found.toUpperCase())} است. اگر درست است، پسوند را به ${isolated(`.${facts.found}`)} تغییر دهید.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'این فایل پس از انتخاب تغییر کرده است. دوباره انتخابش کنید.'
        case 'missing': return 'این فایل دیگر آنجا نیست: جابه‌جا، تغییر نام یا حذف شده است. دوباره انتخابش کنید.'
        case 'not_readable': return 'این فایل خوانده نمی‌شود. شاید پس از انتخاب تغییر کرده، قفل باشد یا هنوز روی این دستگاه بارگیری نشده باشد. دوباره انتخابش کنید.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${isolated(formats.bytes(facts.size))} بیش از آن است که سرور برای ${KINDS[facts.category]} می‌پذیرد.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${isolated(size)} بیش از ${LIMIT[facts.layer ?? 'app']} برای ${KINDS[facts.category]} است: ${isolated(limit)}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} بیش از آن است که سرور Dify در یک بارگذاری می‌پذیرد.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} بیش از آن است که سروری در مسیر Dify عبور می‌دهد. گردانندهٔ آن می‌تواند این حد را بالا ببرد.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify این نوع فایل را نمی‌پذیرد.' : `Dify این نوع فایل (${isolated(endingOf(name))}) را نمی‌پذیرد.`),
    too_many_files: () => 'Dify در هر بارگذاری یک فایل می‌پذیرد، اما چند فایل فرستاده شد.',
    filename_not_exists_error: () => 'نام این فایل به Dify نرسید. نام آن را تغییر دهید و دوباره انتخابش کنید.',
    invalid_param: () => 'Dify این فایل را به این شکل نپذیرفت. شاید در نام آن نویسه‌ای باشد که Dify نمی‌پذیرد.',
    bad_request_key_error: () => 'فایل کامل به Dify نرسید. دوباره تلاش کنید.',
    no_file_uploaded: () => 'فایل به Dify نرسید. دوباره تلاش کنید.',
    upload_incomplete: ({ facts }, _, formats) => `فقط ${isolated(formats.bytes(facts.stored))} از ${isolated(formats.bytes(facts.expected))} به Dify رسید. دوباره تلاش کنید.`,
    unauthorized: () => 'از حساب خود خارج شده‌اید. وارد شوید و دوباره تلاش کنید.',
    session_required: () => 'نشست شما پایان یافته است. دوباره تلاش کنید.',
    forbidden_origin: () => 'سرور بارگذاری از این صفحه را نمی‌پذیرد. گردانندهٔ آن باید اجازه دهد.',
    not_found: () => 'در این نشانی سرویس بارگذاری نیست. گردانندهٔ صفحه باید آن را اصلاح کند.',
    method_not_allowed: () => 'سرویس بارگذاری در این نشانی فایلی نمی‌پذیرد. گردانندهٔ صفحه باید آن را اصلاح کند.',
    invalid_user: () => 'سرور نتوانست شما را شناسایی کند. گردانندهٔ آن باید این را اصلاح کند.',
    too_many_requests: () => 'بارگذاری‌های هم‌زمان برای سرور بیش از حد است. کمی بعد دوباره تلاش کنید.',
    rate_limit_error: () => 'سهم بارگذاری این برنامه فعلاً تمام شده است. بعداً تلاش کنید یا از گردانندهٔ آن بپرسید.',
    gateway_timeout: () => 'پاسخ سرور بیش از حد طول کشید. دوباره تلاش کنید.',
    upstream_unavailable: () => 'اکنون نمی‌توان به Dify دسترسی یافت. دوباره تلاش کنید.',
    unknown: () => 'در Dify مشکلی پیش آمد. دوباره تلاش کنید.',
    internal_server_error: () => 'در سرور مشکلی پیش آمد. دوباره تلاش کنید.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'اتصال برقرار نیست. با برگشت آن، بارگذاری ادامه می‌یابد.'
        case 'stalled': return 'مدتی هیچ پیشرفتی نبود، پس بارگذاری متوقف شد. دوباره تلاش کنید.'
        case 'no_answer': return 'همه چیز فرستاده شد، اما پاسخی نیامد. دوباره تلاش کنید.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'اتصال قطع شد. دوباره تلاش کنید.'
          return size === null ? 'اتصال قطع شد. شاید علت، محدودیت اندازه در مسیر باشد.' : `اتصال قطع شد. برای فایلی به اندازهٔ ${isolated(formats.bytes(size))} شاید علت، محدودیت اندازه در مسیر باشد.`
      }
    },
    upstream_unauthorized: () => 'کلید سرور برای Dify معتبر نیست. گردانندهٔ سرور باید آن را اصلاح کند.',
    upstream_forbidden: () => 'Dify به این سرور اجازهٔ بارگذاری فایل نمی‌دهد. گردانندهٔ سرور باید این را اصلاح کند.',
    upstream_not_found: () => 'سرویس بارگذاری Dify پیدا نشد. گردانندهٔ سرور باید نشانی آن را اصلاح کند.',
    upstream_redirect: () => 'نشانی Dify به جای دیگری می‌رود. گردانندهٔ سرور باید آن را اصلاح کند.',
    upstream_not_dify: () => 'پاسخ از Dify نیامد. گردانندهٔ سرور باید نشانی را بررسی کند.',
    other: ({ serverCode, retryable }) => (retryable ? `سرور این فایل را رد کرد (${isolated(serverCode)}). دوباره تلاش کنید.` : `سرور این فایل را رد کرد (${isolated(serverCode)}).`),
  },
  notes: {
    renamed: ({ from }) => `تغییر نام یافت، نام پیشین: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `کوچک شد: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}` : `تبدیل شد: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}`),
    duplicate: () => 'از پیش در فهرست است',
    'content-differs': ({ extension }) => (extension === null ? 'محتوا با نام هم‌خوانی ندارد' : `محتوا شبیه ${isolated(extension.toUpperCase())} است`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} افزوده شد.` : `${files(count, formats)} افزوده شد.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} پیوست شد.` : `پیوست شد: ${files(count, formats)}.`),
    half: (name) => `نیمی از ${quoted(name)} فرستاده شد.`,
    removed: (name) => `${quoted(name)} حذف شد.`,
    moved: (name, place, of, formats) => `${quoted(name)} به جایگاه ${formats.number(place)} از ${formats.number(of)} رفت.`,
    renamed: (name, newName) => `نام ${quoted(name)} به ${quoted(newName)} تغییر یافت.`,
    original: (name) => `به جای آن، نسخهٔ اصلی ${quoted(name)} فرستاده می‌شود.`,
    offline: 'اتصال برقرار نیست. بارگذاری‌ها منتظر آن‌اند.',
    online: 'اتصال برگشت.',
    drop: 'برای پیوست رها کنید.',
    failed: (name, sentence) => `${isolated(name)}: ${sentence}`,
    moreFailed: (count, formats) => `و ${formats.number(count)} مورد دیگر مشکل دارد.`,
  },
  draft: {
    elsewhere: 'این پیش‌نویس در زبانهٔ دیگری نگه داشته می‌شود. فایل‌های افزوده‌شده در اینجا با بستن صفحه از دست می‌روند.',
    unavailable: 'این مرورگر پیش‌نویس نگه نمی‌دارد. فایل‌های فرستاده‌نشده با بستن صفحه از دست می‌روند.',
    notKept: (names, count, formats) => (count === 1 ? `جایی برای نگه داشتن ${quoted(names[0] ?? '')} نیست. اگر صفحه بسته شد، دوباره انتخابش کنید.` : `جایی برای نگه داشتن ${files(count, formats)} نیست. اگر صفحه بسته شد، دوباره انتخابشان کنید.`),
    expired: (count, formats) => `${files(count, formats)} از این پیش‌نویس بیش از حد نگه داشته شد و از بین رفت.`,
  },
  send: {
    preparing: 'فایل‌ها در حال آماده‌سازی‌اند…',
    uploading: 'در انتظار بارگذاری فایل‌ها…',
    waiting: 'در انتظار تلاش دوبارهٔ بارگذاری…',
    offline: 'در انتظار اتصال…',
    failed: 'یک فایل ناموفق بود. دوباره تلاش کنید، حذفش کنید یا بدون آن بفرستید.',
    not_started: 'فایل‌ها هنوز بارگذاری نشده‌اند.',
    required: 'نخست فایلی پیوست کنید.',
    too_many: 'تعداد فایل‌ها برای یک پیام زیاد است. چند مورد را حذف کنید.',
    sending: 'در حال فرستادن…',
    sendFailed: 'پیام فرستاده نشد. چیزی از دست نرفته است: دوباره تلاش کنید.',
  },
}

const KINDS: KindWords = { image: 'تصویرها', document: 'سندها', audio: 'فایل‌های صوتی', video: 'ویدیوها', custom: 'فایل‌های دیگر' }
const WHO: Record<Layer, string> = { host: 'این صفحه', operator: 'این سرور', app: 'این برنامه', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'حد این صفحه', operator: 'حد این سرور', app: 'حد این برنامه', default: 'حد معمول Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} فایل`, other: `${n} فایل` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} تصویر`, other: `${n} تصویر` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'اندازهٔ این فایل' : isolated(formats.bytes(size))
}

function quoted(name: string): string {
  return `«${isolated(name)}»`
}
