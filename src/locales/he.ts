import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, isolated, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Hebrew. Worded without addressing a man or a woman. */
export const he: Messages = {
  language: 'he',

  trigger: 'צירוף קבצים',
  input: 'קבצים',
  list: 'קבצים מצורפים',
  zone: 'הוספת קבצים',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'או לגרור או להדביק אותם כאן' : drop ? 'או לגרור אותם לכאן' : paste ? 'או להדביק אותם כאן' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'האפליקציה הזו לא מקבלת קבצים.'
    const count = accepted.maxFiles === null ? '' : `, לכל היותר ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `עוד ${formats.number(more)}`, isolated)
    if (isExtensionsOnly(accepted)) return `${extensions} עד ${isolated(formats.bytes(largestOf(accepted)))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} עד ${isolated(formats.bytes(bytes))}`
    })
    const also = extensions === '' ? '' : `, וכן ${extensions}`
    return `${sizes.join(', ')}${also}${count}.`
  },
  ignored: 'ייתכן שתמונות לא ייקראו: העלאת התמונות באפליקציה הזו מוגדרת בדרך ישנה, ש־Dify מתעלם ממנה.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'קבצים מכל סוג' : formats.list(shortListOf(accepted, KINDS, isolated))),
  overlay: { drop: 'לשחרר כדי לצרף', refuse: 'אי אפשר לצרף את זה כאן' },

  uploading: (name) => `מתבצעת העלאה: ${quoted(name)}`,
  remove: (name) => `הסרת ${quoted(name)}`,
  retry: (name) => `ניסיון חוזר: ${quoted(name)}`,
  retryShort: 'ניסיון חוזר',
  choose: (name) => `לבחור שוב את הקובץ: ${quoted(name)}`,
  chooseShort: 'לבחור שוב את הקובץ',
  rename: (name) => `שינוי שם: ${quoted(name)}`,
  renameShort: 'שינוי שם',
  newName: (name) => `שם חדש עבור ${quoted(name)}`,
  fixes: {
    removeCopy: 'הסרת העותק',
    removeCopyOf: (name) => `הסרת העותק: ${quoted(name)}`,
    renameTo: (newName) => `שינוי השם ל־${quoted(newName)}`,
    renameFromTo: (name, newName) => `שינוי השם ל־${quoted(newName)} (כעת ${quoted(name)})`,
    useOriginal: 'שימוש במקור',
    useOriginalOf: (name) => `שימוש במקור: ${quoted(name)}`,
  },
  link: {
    open: 'הוספת קישור',
    address: 'כתובת האינטרנט של קובץ',
    add: 'הוספה',
    cancel: 'ביטול',
    invalid: `זו אינה כתובת אינטרנט. כתובת כזו מתחילה ב־${isolated('https://')}`,
  },
  preview: (name) => `תצוגה מקדימה של ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} מתוך ${formats.number(of)}`,
    previous: 'הקובץ הקודם',
    next: 'הקובץ הבא',
    close: 'סגירה',
    nothing: 'הדפדפן הזה לא יכול להציג את הקובץ. הוא מצורף בכל זאת.',
    cut: (bytes, formats) => `מוצג רק החלק הראשון: ${isolated(formats.bytes(bytes))}.`,
  },
  moreWays: 'דרכים נוספות לצרף',
  ways: { device: 'בחירת קבצים', camera: 'צילום תמונה', folder: 'בחירת תיקייה', link: 'הוספת קישור' },
  move: (name) => `העברת ${quoted(name)}`,
  moveTo: { start: 'להתחלה', earlier: 'קדימה', later: 'אחורה', end: 'לסוף' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'בהכנה…'
      case 'queued': return 'ממתין לתור'
      case 'not_started': return 'עדיין לא נשלח'
      case 'uploading':
        if (facts.percent === null) return 'בהעלאה…'
        return facts.left === null ? formats.percent(facts.percent) : `${isolated(formats.percent(facts.percent))}, זמן שנותר: ${formats.duration(facts.left)}`
      case 'finishing': return 'לקראת סיום…'
      case 'stalled': return 'אין התקדמות כרגע…'
      case 'waiting': return `ניסיון נוסף בעוד ${formats.duration(facts.wait)}`
      case 'offline': return 'ממתין לחיבור'
      case 'uploaded': return 'צורף'
      case 'link': return 'קישור'
    }
  },
  sizeOfRest: (count, formats) => `ועוד ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'הקובץ הזה ריק (0 בייט). יש לבחור קובץ שיש בו תוכן.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `קובצי ${isolated(`.${facts.extension}`)}` : `${facts.kind === 'custom' ? 'קבצים' : KINDS[facts.kind]} ללא סיומת`
      const allowed = allowedBy(facts, KINDS, isolated)
      return allowed.length === 0 ? `לא ניתן לצרף ${what} ב${WHO[facts.layer]}.` : `לא ניתן לצרף ${what} ב${WHO[facts.layer]}, אלא רק ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `לא נוסף. לא ניתן לצרף תמונות להודעה ב${WHO[facts.layer]}.` : `לא נוסף. לא ניתן לצרף קבצים להודעה ב${WHO[facts.layer]}.`
      const rule = `ב${WHO[facts.layer]} אפשר לצרף להודעה לכל היותר ${counted(facts.limit, formats)}.`
      if (facts.count === 1) return `לא נוסף. ${rule} יש להסיר משהו כדי לפנות מקום.`
      const names = namesOf(facts, formats, (more) => `עוד ${formats.number(more)}`, quoted)
      return `לא נוספו ${counted(facts.count, formats)}: ${names}. ${rule} יש להסיר כמה כדי לפנות מקום.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? `זו אינה כתובת אינטרנט. כתובת כזו מתחילה ב־${isolated('https://')}` : 'לקובץ הזה אין שם. יש לתת לו שם ולבחור בו שוב.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'אין קבצים בתיקייה הזו.'
        case 'too_many_files':
          return facts.limit === null
            ? 'בתיקייה הזו יש יותר מדי קבצים; רק הראשונים נוספו.'
            : `בתיקייה הזו יש יותר מ־${files(facts.limit, formats)}; רק ${formats.number(facts.limit)} הראשונים נוספו.`
        case 'not_accepted': return 'אי אפשר לצרף כאן תיקיות. יש לפתוח את התיקייה ולבחור את הקבצים שבה.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `לא ניתן לצרף קבצים ב${WHO[facts.layer]}.`
        case 'local_files': return `ב${WHO[facts.layer]} אפשר לצרף רק קישורים, לא קבצים מהמכשיר.`
        case 'links': return `ב${WHO[facts.layer]} אי אפשר לצרף קישורים, רק קבצים מהמכשיר.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'הדף הזה לא מקבל את הקובץ הזה.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `לפי השם זה ${isolated(`.${facts.extension}`)}, אבל התוכן שונה. כדאי לבדוק את הקובץ.`
        : `לפי השם זה ${isolated(`.${facts.extension}`)}, אבל התוכן הוא ${isolated(facts.found.toUpperCase())}. אם זה נכון, יש לשנות את הסיומת ל־${isolated(`.${facts.found}`)}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'הקובץ הזה השתנה לאחר שנבחר. יש לבחור בו שוב.'
        case 'missing': return 'הקובץ הזה כבר לא שם: הוא הועבר, שמו שונה או שנמחק. יש לבחור בו שוב.'
        case 'not_readable': return 'אי אפשר לקרוא את הקובץ הזה. ייתכן שהוא השתנה לאחר שנבחר, שהוא נעול או שעדיין לא הורד למכשיר הזה. יש לבחור בו שוב.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${isolated(formats.bytes(facts.size))} – יותר ממה שהשרת מקבל עבור ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${isolated(size)} – יותר מהמגבלה ${LIMIT[facts.layer ?? 'app']} עבור ${KINDS[facts.category]}: ${isolated(limit)}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} – יותר ממה ששרת Dify מקבל בהעלאה אחת.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} – יותר ממה ששרת בדרך אל Dify מעביר. מי שמפעיל אותו יכול להגדיל את המגבלה.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'סוג הקובץ הזה לא מתקבל ב־Dify.' : `סוג הקובץ הזה (${isolated(endingOf(name))}) לא מתקבל ב־Dify.`),
    too_many_files: () => 'אל Dify אפשר לשלוח קובץ אחד בכל העלאה, ונשלחו יותר.',
    filename_not_exists_error: () => 'אל Dify לא הגיע שם לקובץ הזה. יש לשנות את שמו ולבחור בו שוב.',
    invalid_param: () => 'הקובץ הזה לא התקבל ב־Dify כפי שנשלח. ייתכן שיש בשמו תו שאינו מתקבל.',
    bad_request_key_error: () => 'הקובץ לא הגיע בשלמותו אל Dify. יש לנסות שוב.',
    no_file_uploaded: () => 'הקובץ לא הגיע אל Dify. יש לנסות שוב.',
    upload_incomplete: ({ facts }, _, formats) => `רק ${isolated(formats.bytes(facts.stored))} מתוך ${isolated(formats.bytes(facts.expected))} הגיעו אל Dify. יש לנסות שוב.`,
    unauthorized: () => 'החיבור לחשבון נותק. יש להתחבר ואז לנסות שוב.',
    session_required: () => 'ההפעלה הסתיימה. יש לנסות שוב.',
    forbidden_origin: () => 'השרת לא מקבל העלאות מהדף הזה. מי שמפעיל אותו צריך לאפשר זאת.',
    not_found: () => 'אין שירות העלאה בכתובת הזו. מי שמפעיל את הדף צריך לתקן אותה.',
    method_not_allowed: () => 'שירות ההעלאה בכתובת הזו לא מקבל קבצים. מי שמפעיל את הדף צריך לתקן אותה.',
    invalid_user: () => 'השרת לא הצליח לזהות מי שולח את הקובץ. מי שמפעיל אותו צריך לתקן זאת.',
    too_many_requests: () => 'יותר מדי העלאות בבת אחת עבור השרת. יש לנסות שוב בעוד זמן קצר.',
    rate_limit_error: () => 'ההעלאות של האפליקציה הזו נוצלו לעת עתה. אפשר לנסות שוב מאוחר יותר או לפנות למי שמפעיל אותה.',
    gateway_timeout: () => 'תשובת השרת התעכבה יותר מדי. יש לנסות שוב.',
    upstream_unavailable: () => 'אי אפשר להגיע אל Dify כרגע. יש לנסות שוב.',
    unknown: () => 'אירעה תקלה ב־Dify. יש לנסות שוב.',
    internal_server_error: () => 'אירעה תקלה בשרת. יש לנסות שוב.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'אין חיבור. ההעלאה תימשך כשהוא יחזור.'
        case 'stalled': return 'לא הייתה התקדמות זמן מה, ולכן ההעלאה הופסקה. יש לנסות שוב.'
        case 'no_answer': return 'הכול נשלח, אבל לא הגיעה תשובה. יש לנסות שוב.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'החיבור נותק. יש לנסות שוב.'
          return size === null ? 'החיבור נותק. ייתכן שהסיבה היא מגבלת גודל בדרך.' : `החיבור נותק. עבור קובץ בגודל ${isolated(formats.bytes(size))} ייתכן שהסיבה היא מגבלת גודל בדרך.`
      }
    },
    upstream_unauthorized: () => 'המפתח של השרת ל־Dify אינו תקף. מי שמפעיל את השרת צריך לתקן אותו.',
    upstream_forbidden: () => 'אין לשרת הזה הרשאה להעלות קבצים אל Dify. מי שמפעיל את השרת צריך לתקן זאת.',
    upstream_not_found: () => 'שירות ההעלאה של Dify לא נמצא. מי שמפעיל את השרת צריך לתקן את הכתובת.',
    upstream_redirect: () => 'הכתובת של Dify מובילה למקום אחר. מי שמפעיל את השרת צריך לתקן אותה.',
    upstream_not_dify: () => 'התשובה לא הגיעה מ־Dify. מי שמפעיל את השרת צריך לבדוק את הכתובת.',
    other: ({ serverCode, retryable }) => (retryable ? `השרת דחה את הקובץ הזה (${isolated(serverCode)}). יש לנסות שוב.` : `השרת דחה את הקובץ הזה (${isolated(serverCode)}).`),
  },
  notes: {
    renamed: ({ from }) => `השם שונה, השם הקודם: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `הוקטן: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}` : `הומר: ${isolated(formats.bytes(from))} ← ${isolated(formats.bytes(to))}`),
    duplicate: () => 'כבר ברשימה',
    'content-differs': ({ extension }) => (extension === null ? 'התוכן לא תואם לשם' : `התוכן נראה כמו ${isolated(extension.toUpperCase())}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `נוסף ${quoted(names[0] ?? '')}.` : `נוספו ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `צורף ${quoted(names[0] ?? '')}.` : `צורפו: ${files(count, formats)}.`),
    half: (name) => `מחצית מ־${quoted(name)} נשלחה.`,
    removed: (name) => `${quoted(name)} הוסר.`,
    moved: (name, place, of, formats) => `${quoted(name)} הועבר למקום ${formats.number(place)} מתוך ${formats.number(of)}.`,
    renamed: (name, newName) => `השם ${quoted(name)} שונה ל־${quoted(newName)}.`,
    original: (name) => `במקומו יישלח המקור של ${quoted(name)}.`,
    offline: 'אין חיבור. ההעלאות ממתינות לו.',
    online: 'החיבור חזר.',
    drop: 'לשחרר כדי לצרף.',
    failed: (name, sentence) => `${isolated(name)}: ${sentence}`,
    moreFailed: (count, formats) => `ועוד ${formats.number(count)} עם בעיה.`,
  },
  draft: {
    elsewhere: 'הטיוטה הזו נשמרת בכרטיסייה אחרת. קבצים שנוספו כאן יאבדו כשהדף ייסגר.',
    unavailable: 'הדפדפן הזה לא שומר טיוטות. קבצים שלא נשלחו יאבדו כשהדף ייסגר.',
    notKept: (names, count, formats) => (count === 1 ? `אין מקום לשמור את ${quoted(names[0] ?? '')}. אם הדף ייסגר, יש לבחור בו שוב.` : `אין מקום לשמור ${files(count, formats)}. אם הדף ייסגר, יש לבחור שוב.`),
    expired: (count, formats) => `נמחקו מהטיוטה הזו כי נשמרו זמן רב מדי: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'הקבצים בהכנה…',
    uploading: 'בהמתנה להעלאת הקבצים…',
    waiting: 'בהמתנה לניסיון העלאה נוסף…',
    offline: 'בהמתנה לחיבור…',
    failed: 'העלאת קובץ נכשלה. אפשר לנסות שוב, להסיר אותו או לשלוח בלעדיו.',
    not_started: 'הקבצים עדיין לא הועלו.',
    required: 'יש לצרף קודם קובץ.',
    too_many: 'יש יותר מדי קבצים להודעה אחת. יש להסיר כמה מהם.',
    sending: 'בשליחה…',
    sendFailed: 'ההודעה לא נשלחה. שום דבר לא אבד: יש לנסות שוב.',
  },
}

const KINDS: KindWords = { image: 'תמונות', document: 'מסמכים', audio: 'קובצי שמע', video: 'סרטונים', custom: 'קבצים אחרים' }
const WHO: Record<Layer, string> = { host: 'דף הזה', operator: 'שרת הזה', app: 'אפליקציה הזו', default: '־Dify' }
const LIMIT: Record<Layer, string> = { host: 'של הדף הזה', operator: 'של השרת הזה', app: 'של האפליקציה הזו', default: 'הרגילה של Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: 'קובץ אחד', two: 'שני קבצים', other: `${n} קבצים` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: 'תמונה אחת', two: 'שתי תמונות', other: `${n} תמונות` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'גודל הקובץ' : isolated(formats.bytes(size))
}

function quoted(name: string): string {
  return `”${isolated(name)}”`
}
