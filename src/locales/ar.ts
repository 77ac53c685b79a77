import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, isolated, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Arabic. Counts stand after a colon, so that they need no case. */
export const ar: Messages = {
  language: 'ar',

  trigger: 'إرفاق ملفات',
  input: 'الملفات',
  list: 'المرفقات',
  zone: 'إضافة ملفات',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'أو أفلتها أو الصقها هنا' : drop ? 'أو أفلتها هنا' : paste ? 'أو الصقها هنا' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'لا يقبل هذا التطبيق أي ملفات.'
    const count = accepted.maxFiles === null ? '' : `، بحد أقصى: ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} غيرها`, isolated)
    if (isExtensionsOnly(accepted)) return `${extensions} حتى ${isolated(formats.bytes(largestOf(accepted)))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} حتى ${isolated(formats.bytes(bytes))}`
    })
    const also = extensions === '' ? '' : `، إضافة إلى ${extensions}`
    return `${sizes.join('، ')}${also}${count}.`
  },
  ignored: 'قد لا تُقرأ الصور: رفع الصور في هذا التطبيق مضبوط بطريقة قديمة يتجاهلها Dify.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'أي نوع من الملفات' : formats.list(shortListOf(accepted, KINDS, isolated))),
  overlay: { drop: 'أفلت للإرفاق', refuse: 'لا يمكن إرفاق هذا هنا' },

  uploading: (name) => `جارٍ رفع ${quoted(name)}`,
  remove: (name) => `إزالة ${quoted(name)}`,
  retry: (name) => `إعادة المحاولة: ${quoted(name)}`,
  retryShort: 'إعادة المحاولة',
  choose: (name) => `اختيار الملف من جديد: ${quoted(name)}`,
  chooseShort: 'اختيار الملف من جديد',
  rename: (name) => `إعادة تسمية ${quoted(name)}`,
  renameShort: 'إعادة تسمية',
  newName: (name) => `الاسم الجديد لـ ${quoted(name)}`,
  fixes: {
    removeCopy: 'إزالة النسخة',
    removeCopyOf: (name) => `إزالة النسخة: ${quoted(name)}`,
    renameTo: (newName) => `إعادة التسمية إلى ${quoted(newName)}`,
    renameFromTo: (name, newName) => `إعادة التسمية إلى ${quoted(newName)} (الاسم الحالي ${quoted(name)})`,
    useOriginal: 'استخدام الأصل',
    useOriginalOf: (name) => `استخدام الأصل: ${quoted(name)}`,
  },
  link: {
    open: 'إضافة رابط',
    address: 'عنوان الملف على الويب',
    add: 'إضافة',
    cancel: 'إلغاء',
    invalid: `هذا ليس عنوان ويب. يبدأ عنوان الويب بـ ${isolated('https://')}`,
  },
  preview: (name) => `معاينة ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} من ${formats.number(of)}`,
    previous: 'الملف السابق',
    next: 'الملف التالي',
    close: 'إغلاق',
    nothing: 'لا يستطيع هذا المتصفح عرض الملف، لكنه مرفق على أي حال.',
    cut: (bytes, formats) => `يُعرض الجزء الأول فقط: ${isolated(formats.bytes(bytes))}.`,
  },
  moreWays: 'طرق أخرى للإرفاق',
  ways: { device: 'اختيار ملفات', camera: 'التقاط صورة', folder: 'اختيار مجلد', link: 'إضافة رابط' },
  move: (name) => `نقل ${quoted(name)}`,
  moveTo: { start: 'إلى البداية', earlier: 'إلى الأمام', later: 'إلى الخلف', end: 'إلى النهاية' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'جارٍ التحضير…'
      case 'queued': return 'في انتظار الدور'
      case 'not_started': return 'لم يُرسَل بعد'
      case 'uploading':
        if (facts.percent === null) return 'جارٍ الرفع…'
        return facts.left === null ? formats.percent(facts.percent) : `${isolated(formats.percent(facts.percent))}، الوقت المتبقي: ${formats.duration(facts.left)}`
      case 'finishing': return 'جارٍ الإنهاء…'
      case 'stalled': return 'لا تقدّم حاليًا…'
      case 'waiting': return `الوقت حتى المحاولة التالية: ${formats.duration(facts.wait)}`
      case 'offline': return 'في انتظار الاتصال'
      case 'uploaded': return 'مرفق'
      case 'link': return 'رابط'
    }
  },
  sizeOfRest: (count, formats) => `و${formats.number(count - 1)} غيرها`,

  errors: {
    empty_file: () => 'هذا الملف فارغ (0 بايت). اختر ملفًا فيه محتوى.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `ملفات ${isolated(`.${facts.extension}`)}` : `${facts.kind === 'custom' ? 'الملفات' : KINDS[facts.kind]} بلا امتداد`
      const allowed = allowedBy(facts, KINDS, isolated)
      return allowed.length === 0 ? `لا يقبل ${WHO[facts.layer]} ${what}.` : `لا يقبل ${WHO[facts.layer]} ${what}، بل ${formats.list(allowed)} فقط.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `لم تتم الإضافة. لا يقبل ${WHO[facts.layer]} صورًا في الرسالة.` : `لم تتم الإضافة. لا يقبل ${WHO[facts.layer]} ملفات في الرسالة.`
      const rule = `الحد الأقصى في الرسالة لدى ${WHO[facts.layer]}: ${counted(facts.limit, formats)}.`
      if (facts.count === 1) return `لم تتم الإضافة. ${rule} أزل ملفًا لإفساح المجال.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} غيرها`, quoted)
      return `لم تتم إضافة: ${counted(facts.count, formats)} (${names}). ${rule} أزل بعضها لإفساح المجال.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? `هذا ليس عنوان ويب. يبدأ عنوان الويب بـ ${isolated('https://')}` : 'ليس لهذا الملف اسم. أعد تسميته ثم اختره من جديد.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'لا توجد ملفات في هذا المجلد.'
        case 'too_many_files':
          return facts.limit === null
            ? 'في هذا المجلد ملفات كثيرة جدًا؛ أُخذت الأولى منها فقط.'
            : `ملفات هذا المجلد أكثر من الحد الأقصى: ${files(facts.limit, formats)}؛ أُخذت الأولى منها فقط.`
        case 'not_accepted': return 'لا يمكن إرفاق المجلدات هنا. افتح المجلد واختر الملفات التي فيه.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `لا يقبل ${WHO[facts.layer]} أي ملفات.`
        case 'local_files': return `لا يقبل ${WHO[facts.layer]} سوى الروابط، ولا يقبل ملفات من جهاز.`
        case 'links': return `لا يقبل ${WHO[facts.layer]} الروابط، بل الملفات من جهاز فقط.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'لا تقبل هذه الصفحة هذا الملف.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `امتداد الاسم ${isolated(`.${facts.extension}`)} لكن المحتوى شيء آخر. تحقق من الملف.`
        : `امتداد الاسم ${isolated(`.${facts.extension}`)} لكن المحتوى من نوع ${isolated(facts.found.toUpperCase())}. إن كان ذلك صحيحًا فغيّر الامتداد إلى ${isolated(`.${facts.found}`)}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'تغيّر هذا الملف بعد اختياره. اختره من جديد.'
        case 'missing': return 'لم يعد هذا الملف موجودًا: نُقل أو أُعيدت تسميته أو حُذف. اختره من جديد.'
        case 'not_readable': return 'تتعذر قراءة هذا الملف. ربما تغيّر بعد اختياره، أو كان مقفلًا، أو لم يُنزَّل بعد على هذا الجهاز. اختره من جديد.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${isolated(formats.bytes(facts.size))} أكبر مما يقبله الخادم من ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${isolated(size)} أكبر من ${LIMIT[facts.layer ?? 'app']} لحجم ${KINDS[facts.category]}: ${isolated(limit)}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} أكبر مما يقبله خادم Dify في عملية رفع واحدة.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} أكبر مما يسمح به خادم على الطريق إلى Dify. يمكن لمشغّله رفع هذا الحد.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'لا يقبل Dify هذا النوع من الملفات.' : `لا يقبل Dify هذا النوع من الملفات (${isolated(endingOf(name))}).`),
    too_many_files: () => 'يقبل Dify ملفًا واحدًا في كل عملية رفع، وقد أُرسل إليه أكثر من ذلك.',
    filename_not_exists_error: () => 'لم يتلقَّ Dify اسمًا لهذا الملف. أعد تسميته ثم اختره من جديد.',
    invalid_param: () => 'لم يقبل Dify هذا الملف كما أُرسل. قد يحتوي اسمه على رمز لا يقبله Dify.',
    bad_request_key_error: () => 'لم يصل الملف كاملًا إلى Dify. حاول مرة أخرى.',
    no_file_uploaded: () => 'لم يصل الملف إلى Dify. حاول مرة أخرى.',
    upload_incomplete: ({ facts }, _, formats) => `لم يصل إلى Dify سوى ${isolated(formats.bytes(facts.stored))} من ${isolated(formats.bytes(facts.expected))}. حاول مرة أخرى.`,
    unauthorized: () => 'لم يعد تسجيل دخولك ساريًا. سجّل الدخول ثم حاول مرة أخرى.',
    session_required: () => 'انتهت جلستك. حاول مرة أخرى.',
    forbidden_origin: () => 'لا يقبل الخادم الرفع من هذه الصفحة. على مشغّله السماح بذلك.',
    not_found: () => 'لا توجد خدمة رفع في هذا العنوان. على مشغّل الصفحة تصحيحه.',
    method_not_allowed: () => 'خدمة الرفع في هذا العنوان لا تقبل الملفات. على مشغّل الصفحة تصحيحه.',
    invalid_user: () => 'لم يتمكن الخادم من معرفة هويتك. على مشغّله تصحيح ذلك.',
    too_many_requests: () => 'عمليات رفع كثيرة جدًا على الخادم في وقت واحد. حاول مرة أخرى بعد قليل.',
    rate_limit_error: () => 'استنفد هذا التطبيق عمليات الرفع المتاحة حاليًا. حاول لاحقًا أو اسأل مشغّله.',
    gateway_timeout: () => 'استغرق الخادم وقتًا طويلًا جدًا في الرد. حاول مرة أخرى.',
    upstream_unavailable: () => 'يتعذر الوصول إلى Dify حاليًا. حاول مرة أخرى.',
    unknown: () => 'حدثت مشكلة في Dify. حاول مرة أخرى.',
    internal_server_error: () => 'حدثت مشكلة في الخادم. حاول مرة أخرى.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'لا يوجد اتصال. يستمر الرفع عند عودته.'
        case 'stalled': return 'لم يحدث أي تقدّم لفترة، فأُوقف الرفع. حاول مرة أخرى.'
        case 'no_answer': return 'أُرسل كل شيء لكن لم يصل رد. حاول مرة أخرى.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'انقطع الاتصال. حاول مرة أخرى.'
          return size === null ? 'انقطع الاتصال. قد يكون السبب حدًا للحجم على الطريق.' : `انقطع الاتصال. حجم الملف ${isolated(formats.bytes(size))}، وقد يكون السبب حدًا للحجم على الطريق.`
      }
    },
    upstream_unauthorized: () => 'مفتاح الخادم لدى Dify غير صالح. على مشغّل الخادم تصحيحه.',
    upstream_forbidden: () => 'لا يسمح Dify لهذا الخادم برفع الملفات. على مشغّل الخادم تصحيح ذلك.',
    upstream_not_found: () => 'لم يُعثر على خدمة الرفع لدى Dify. على مشغّل الخادم تصحيح عنوانها.',
    upstream_redirect: () => 'يؤدي عنوان Dify إلى مكان آخر. على مشغّل الخادم تصحيحه.',
    upstream_not_dify: () => 'لم يأتِ الرد من Dify. على مشغّل الخادم التحقق من العنوان.',
    other: ({ serverCode, retryable }) => (retryable ? `رفض الخادم هذا الملف (${isolated(serverCode)}). حاول مرة أخرى.` : `رفض الخادم هذا الملف (${isolated(serverCode)}).`),
  },
  notes: {
    renamed: ({ from }) => `أُعيدت التسمية، الاسم السابق: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `صُغّر الحجم: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}` : `حُوّل: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}`),
    duplicate: () => 'موجود في القائمة بالفعل',
    'content-differs': ({ extension }) => (extension === null ? 'المحتوى لا يطابق الاسم' : `يبدو المحتوى من نوع ${isolated(extension.toUpperCase())}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `أُضيف ${quoted(names[0] ?? '')}.` : `تمت إضافة: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `أُرفق ${quoted(names[0] ?? '')}.` : `تم إرفاق: ${files(count, formats)}.`),
    half: (name) => `أُرسل نصف ${quoted(name)}.`,
    removed: (name) => `أُزيل ${quoted(name)}.`,
    moved: (name, place, of, formats) => `نُقل ${quoted(name)} إلى الموضع ${formats.number(place)} من ${formats.number(of)}.`,
    renamed: (name, newName) => `أُعيدت تسمية ${quoted(name)} إلى ${quoted(newName)}.`,
    original: (name) => `سيُرسل أصل ${quoted(name)} بدلًا منه.`,
    offline: 'لا يوجد اتصال. عمليات الرفع في انتظاره.',
    online: 'عاد الاتصال.',
    drop: 'أفلت للإرفاق.',
    failed: (name, sentence) => `${isolated(name)}: ${sentence}`,
    moreFailed: (count, formats) => `ملفات أخرى فيها مشكلة: ${formats.number(count)}.`,
  },
  draft: {
    elsewhere: 'تحتفظ علامة تبويب أخرى بهذه المسودة. ستُفقد الملفات المضافة هنا عند إغلاق الصفحة.',
    unavailable: 'لا يحتفظ هذا المتصفح بالمسودات. ستُفقد الملفات غير المرسلة عند إغلاق الصفحة.',
    notKept: (names, count, formats) => (count === 1 ? `لا توجد مساحة لحفظ ${quoted(names[0] ?? '')}. إذا أُغلقت الصفحة فاختره من جديد.` : `لا توجد مساحة تكفي لحفظ: ${files(count, formats)}. إذا أُغلقت الصفحة فاخترها من جديد.`),
    expired: (count, formats) => `حُذف من هذه المسودة لطول مدة الحفظ: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'جارٍ تحضير الملفات…',
    uploading: 'في انتظار رفع الملفات…',
    waiting: 'في انتظار إعادة محاولة الرفع…',
    offline: 'في انتظار الاتصال…',
    failed: 'فشل رفع ملف. أعد المحاولة أو أزله أو أرسل من دونه.',
    not_started: 'لم تُرفع الملفات بعد.',
    required: 'أرفق ملفًا أولًا.',
    too_many: 'عدد الملفات أكبر مما تتسع له رسالة واحدة. أزل بعضها.',
    sending: 'جارٍ الإرسال…',
    sendFailed: 'لم تُرسل الرسالة. لم يُفقد شيء: حاول مرة أخرى.',
  },
}

const KINDS: KindWords = { image: 'الصور', document: 'المستندات', audio: 'الملفات الصوتية', video: 'مقاطع الفيديو', custom: 'الملفات الأخرى' }
const WHO: Record<Layer, string> = { host: 'هذا الموقع', operator: 'هذا الخادم', app: 'هذا التطبيق', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'حد هذا الموقع', operator: 'حد هذا الخادم', app: 'حد هذا التطبيق', default: 'حد Dify المعتاد' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { zero: 'لا ملفات', one: 'ملف واحد', two: 'ملفان', few: `${n} ملفات`, many: `${n} ملفًا`, other: `${n} ملف` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { zero: 'لا صور', one: 'صورة واحدة', two: 'صورتان', few: `${n} صور`, many: `${n} صورة`, other: `${n} صورة` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'هذا الملف' : isolated(formats.bytes(size))
}

function quoted(name: string): string {
  return `«${isolated(name)}»`
}
