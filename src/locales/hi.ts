import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Hindi. */
export const hi: Messages = {
  language: 'hi',

  trigger: 'फ़ाइलें जोड़ें',
  input: 'फ़ाइलें',
  list: 'अटैचमेंट',
  zone: 'फ़ाइलें जोड़ें',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'या उन्हें यहाँ छोड़ें या पेस्ट करें' : drop ? 'या उन्हें यहाँ छोड़ें' : paste ? 'या उन्हें यहाँ पेस्ट करें' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'यह ऐप फ़ाइलें नहीं लेता।'
    const count = accepted.maxFiles === null ? '' : `, ज़्यादा से ज़्यादा ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} अन्य`)
    if (isExtensionsOnly(accepted)) return `${extensions} (${formats.bytes(largestOf(accepted))} तक)${count}।`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} (${formats.bytes(bytes)} तक)`
    })
    const also = extensions === '' ? '' : `, साथ ही ${extensions}`
    return `${sizes.join(', ')}${also}${count}।`
  },
  ignored: 'हो सकता है कि तस्वीरें न पढ़ी जाएँ: इस ऐप में तस्वीरों का अपलोड पुराने तरीके से सेट है, जिसे Dify अनदेखा करता है।',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'किसी भी तरह की फ़ाइल' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: 'जोड़ने के लिए छोड़ें', refuse: 'इसे यहाँ नहीं जोड़ा जा सकता' },

  uploading: (name) => `${quoted(name)} अपलोड हो रहा है`,
  remove: (name) => `${quoted(name)} हटाएँ`,
  retry: (name) => `${quoted(name)} के लिए फिर कोशिश करें`,
  retryShort: 'फिर कोशिश करें',
  choose: (name) => `फ़ाइल फिर से चुनें: ${quoted(name)}`,
  chooseShort: 'फ़ाइल फिर से चुनें',
  rename: (name) => `${quoted(name)} का नाम बदलें`,
  renameShort: 'नाम बदलें',
  newName: (name) => `${quoted(name)} का नया नाम`,
  fixes: {
    removeCopy: 'कॉपी हटाएँ',
    removeCopyOf: (name) => `कॉपी हटाएँ: ${quoted(name)}`,
    renameTo: (newName) => `नया नाम दें: ${quoted(newName)}`,
    renameFromTo: (name, newName) => `नया नाम दें: ${quoted(newName)} (अभी ${quoted(name)})`,
    useOriginal: 'मूल फ़ाइल इस्तेमाल करें',
    useOriginalOf: (name) => `मूल फ़ाइल इस्तेमाल करें: ${quoted(name)}`,
  },
  link: {
    open: 'लिंक जोड़ें',
    address: 'फ़ाइल का वेब पता',
    add: 'जोड़ें',
    cancel: 'रद्द करें',
    invalid: 'यह वेब पता नहीं है। वेब पता https:// से शुरू होता है।',
  },
  preview: (name) => `${quoted(name)} की झलक देखें`,
  previewer: {
    place: (place, of, formats) => `${formats.number(of)} में से ${formats.number(place)}`,
    previous: 'पिछली फ़ाइल',
    next: 'अगली फ़ाइल',
    close: 'बंद करें',
    nothing: 'यह ब्राउज़र इस फ़ाइल को नहीं दिखा सकता। फ़ाइल फिर भी जुड़ी हुई है।',
    cut: (bytes, formats) => `केवल पहले ${formats.bytes(bytes)} दिखाए गए हैं।`,
  },
  moreWays: 'जोड़ने के और तरीके',
  ways: { device: 'फ़ाइलें चुनें', camera: 'फ़ोटो लें', folder: 'फ़ोल्डर चुनें', link: 'लिंक जोड़ें' },
  move: (name) => `${quoted(name)} की जगह बदलें`,
  moveTo: { start: 'शुरू में', earlier: 'पहले', later: 'बाद में', end: 'आखिर में' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'तैयार हो रहा है…'
      case 'queued': return 'अपनी बारी के इंतज़ार में'
      case 'not_started': return 'अभी भेजा नहीं गया'
      case 'uploading':
        if (facts.percent === null) return 'अपलोड हो रहा है…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, ${formats.duration(facts.left)} बाकी`
      case 'finishing': return 'पूरा हो रहा है…'
      case 'stalled': return 'अभी आगे नहीं बढ़ रहा…'
      case 'waiting': return `${formats.duration(facts.wait)} में फिर कोशिश होगी`
      case 'offline': return 'कनेक्शन का इंतज़ार'
      case 'uploaded': return 'जुड़ गया'
      case 'link': return 'लिंक'
    }
  },
  sizeOfRest: (count, formats) => `और ${formats.number(count - 1)} अन्य`,

  errors: {
    empty_file: () => 'यह फ़ाइल खाली है (0 बाइट)। ऐसी फ़ाइल चुनें जिसमें कुछ हो।',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `.${facts.extension} फ़ाइलें` : `बिना एक्सटेंशन की फ़ाइलें (${facts.kind === 'custom' ? 'अन्य प्रकार' : KINDS[facts.kind]})`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} ${what} नहीं लेता।` : `${WHO[facts.layer]} ${what} नहीं लेता, केवल ${formats.list(allowed)} लेता है।`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `नहीं जोड़ा गया। ${WHO[facts.layer]} संदेश में तस्वीरें नहीं लेता।` : `नहीं जोड़ा गया। ${WHO[facts.layer]} संदेश में फ़ाइलें नहीं लेता।`
      const rule = `${WHO[facts.layer]} एक संदेश में ज़्यादा से ज़्यादा ${counted(facts.limit, formats)} लेता है।`
      if (facts.count === 1) return `नहीं जोड़ा गया। ${rule} जगह बनाने के लिए एक हटाएँ।`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} अन्य`, quoted)
      return `नहीं जोड़ा गया: ${counted(facts.count, formats)} (${names})। ${rule} जगह बनाने के लिए कुछ हटाएँ।`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'यह वेब पता नहीं है। वेब पता https:// से शुरू होता है।' : 'इस फ़ाइल का कोई नाम नहीं है। इसे नाम देकर फिर से चुनें।'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'इस फ़ोल्डर में कोई फ़ाइल नहीं है।'
        case 'too_many_files':
          return facts.limit === null
            ? 'इस फ़ोल्डर में बहुत ज़्यादा फ़ाइलें हैं; केवल शुरू की फ़ाइलें ली गईं।'
            : `इस फ़ोल्डर में सीमा (${files(facts.limit, formats)}) से ज़्यादा फ़ाइलें हैं; केवल पहली ${formats.number(facts.limit)} ली गईं।`
        case 'not_accepted': return 'यहाँ फ़ोल्डर नहीं जोड़े जा सकते। फ़ोल्डर खोलकर उसकी फ़ाइलें चुनें।'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} फ़ाइलें नहीं लेता।`
        case 'local_files': return `${WHO[facts.layer]} केवल लिंक लेता है, डिवाइस की फ़ाइलें नहीं।`
        case 'links': return `${WHO[facts.layer]} लिंक नहीं लेता, केवल डिवाइस की फ़ाइलें लेता है।`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'यह पेज यह फ़ाइल नहीं लेता।',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `नाम के अनुसार यह .${facts.extension} है, पर अंदर कुछ और है। फ़ाइल जाँचें।`
        : `नाम के अनुसार यह .${facts.extension} है, पर अंदर ${facts.found.toUpperCase()} है। अगर यह सही है, तो एक्सटेंशन बदलकर .${facts.found} करें।`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'चुनने के बाद यह फ़ाइल बदल गई। इसे फिर से चुनें।'
        case 'missing': return 'यह फ़ाइल अब वहाँ नहीं है: इसे कहीं और रखा गया, इसका नाम बदला गया या इसे मिटा दिया गया। इसे फिर से चुनें।'
        case 'not_readable': return 'यह फ़ाइल पढ़ी नहीं जा सकती। हो सकता है कि चुनने के बाद यह बदल गई हो, लॉक हो या इस डिवाइस पर अभी डाउनलोड न हुई हो। इसे फिर से चुनें।'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)}, ${OF_KINDS[facts.category]} के लिए सर्वर की सीमा से ज़्यादा है।`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size}, ${OF_KINDS[facts.category]} के लिए ${LIMIT[facts.layer ?? 'app']} सीमा ${limit} से ज़्यादा है।`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} Dify सर्वर की एक बार में अपलोड की सीमा से बड़ी है।`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} Dify के रास्ते में किसी सर्वर की सीमा से बड़ी है। उसका संचालक यह सीमा बढ़ा सकता है।`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify इस तरह की फ़ाइल नहीं लेता।' : `Dify इस तरह की फ़ाइल (${endingOf(name)}) नहीं लेता।`),
    too_many_files: () => 'Dify एक अपलोड में एक ही फ़ाइल लेता है, पर उसे ज़्यादा मिलीं।',
    filename_not_exists_error: () => 'Dify को इस फ़ाइल का नाम नहीं मिला। इसका नाम बदलकर फिर से चुनें।',
    invalid_param: () => 'Dify ने यह फ़ाइल इस रूप में नहीं ली। हो सकता है कि नाम में ऐसा अक्षर हो जिसे Dify नहीं लेता।',
    bad_request_key_error: () => 'फ़ाइल Dify तक पूरी नहीं पहुँची। फिर कोशिश करें।',
    no_file_uploaded: () => 'फ़ाइल Dify तक नहीं पहुँची। फिर कोशिश करें।',
    upload_incomplete: ({ facts }, _, formats) => `${formats.bytes(facts.expected)} में से केवल ${formats.bytes(facts.stored)} Dify तक पहुँचे। फिर कोशिश करें।`,
    unauthorized: () => 'आप साइन आउट हैं। साइन इन करके फिर कोशिश करें।',
    session_required: () => 'आपका सेशन खत्म हो गया है। फिर कोशिश करें।',
    forbidden_origin: () => 'सर्वर इस पेज से अपलोड नहीं लेता। उसके संचालक को अनुमति देनी होगी।',
    not_found: () => 'इस पते पर कोई अपलोड सेवा नहीं है। पेज के संचालक को इसे ठीक करना होगा।',
    method_not_allowed: () => 'इस पते की अपलोड सेवा फ़ाइलें नहीं लेती। पेज के संचालक को इसे ठीक करना होगा।',
    invalid_user: () => 'सर्वर आपको पहचान नहीं पाया। उसके संचालक को इसे ठीक करना होगा।',
    too_many_requests: () => 'सर्वर के लिए एक साथ बहुत ज़्यादा अपलोड हो गए। थोड़ी देर में फिर कोशिश करें।',
    rate_limit_error: () => 'इस ऐप के अपलोड फ़िलहाल खत्म हो गए हैं। बाद में कोशिश करें या इसके संचालक से पूछें।',
    gateway_timeout: () => 'सर्वर ने जवाब देने में बहुत देर लगाई। फिर कोशिश करें।',
    upstream_unavailable: () => 'अभी Dify से संपर्क नहीं हो पा रहा। फिर कोशिश करें।',
    unknown: () => 'Dify में कोई समस्या आई। फिर कोशिश करें।',
    internal_server_error: () => 'सर्वर में कोई समस्या आई। फिर कोशिश करें।',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'कनेक्शन नहीं है। वापस आने पर अपलोड जारी रहेगा।'
        case 'stalled': return 'कुछ देर तक अपलोड आगे नहीं बढ़ा, इसलिए उसे रोक दिया गया। फिर कोशिश करें।'
        case 'no_answer': return 'सब कुछ भेज दिया गया, पर कोई जवाब नहीं आया। फिर कोशिश करें।'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'कनेक्शन टूट गया। फिर कोशिश करें।'
          return size === null ? 'कनेक्शन टूट गया। कारण रास्ते में आकार की कोई सीमा हो सकती है।' : `कनेक्शन टूट गया। ${formats.bytes(size)} की फ़ाइल के लिए कारण रास्ते में आकार की कोई सीमा हो सकती है।`
      }
    },
    upstream_unauthorized: () => 'सर्वर की Dify कुंजी मान्य नहीं है। सर्वर के संचालक को इसे ठीक करना होगा।',
    upstream_forbidden: () => 'Dify इस सर्वर को फ़ाइलें अपलोड नहीं करने देता। सर्वर के संचालक को इसे ठीक करना होगा।',
    upstream_not_found: () => 'Dify की अपलोड सेवा नहीं मिली। सर्वर के संचालक को पता ठीक करना होगा।',
    upstream_redirect: () => 'Dify का पता कहीं और ले जाता है। सर्वर के संचालक को इसे ठीक करना होगा।',
    upstream_not_dify: () => 'जवाब Dify से नहीं आया। सर्वर के संचालक को पता जाँचना होगा।',
    other: ({ serverCode, retryable }) => (retryable ? `सर्वर ने यह फ़ाइल नहीं ली (${serverCode})। फिर कोशिश करें।` : `सर्वर ने यह फ़ाइल नहीं ली (${serverCode})।`),
  },
  notes: {
    renamed: ({ from }) => `नाम बदला गया, पहले ${quoted(from)} था`,
    converted: ({ from, to }, formats) => (to < from ? `छोटा किया गया: ${formats.bytes(from)} → ${formats.bytes(to)}` : `बदला गया: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'पहले से सूची में है',
    'content-differs': ({ extension }) => (extension === null ? 'अंदर की सामग्री नाम से मेल नहीं खाती' : `सामग्री ${extension.toUpperCase()} जैसी लगती है`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} को जोड़ा गया।` : `जोड़ा गया: ${files(count, formats)}।`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} अपलोड हो गया।` : `अपलोड हो गए: ${files(count, formats)}।`),
    half: (name) => `${quoted(name)} का आधा हिस्सा भेजा जा चुका है।`,
    removed: (name) => `${quoted(name)} को हटाया गया।`,
    moved: (name, place, of, formats) => `${quoted(name)} अब ${formats.number(of)} में से स्थान ${formats.number(place)} पर है।`,
    renamed: (name, newName) => `${quoted(name)} का नया नाम ${quoted(newName)} है।`,
    original: (name) => `इसके बजाय ${quoted(name)} की मूल फ़ाइल भेजी जाएगी।`,
    offline: 'कनेक्शन नहीं है। अपलोड उसका इंतज़ार कर रहे हैं।',
    online: 'कनेक्शन वापस आ गया है।',
    drop: 'जोड़ने के लिए छोड़ें।',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `और ${formats.number(count)} में समस्या है।`,
  },
  draft: {
    elsewhere: 'यह ड्राफ़्ट किसी दूसरे टैब में सहेजा जा रहा है। यहाँ जोड़ी गई फ़ाइलें पेज बंद होने पर चली जाएँगी।',
    unavailable: 'यह ब्राउज़र ड्राफ़्ट नहीं सहेजता। जो फ़ाइलें नहीं भेजी गईं, वे पेज बंद होने पर चली जाएँगी।',
    notKept: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} को सहेजने की जगह नहीं है। पेज बंद हो जाए तो इसे फिर से चुनें।` : `इन्हें सहेजने की जगह नहीं है: ${files(count, formats)}। पेज बंद हो जाए तो फिर से चुनें।`),
    expired: (count, formats) => `इस ड्राफ़्ट में बहुत देर तक रहने के कारण हटाया गया: ${files(count, formats)}।`,
  },
  send: {
    preparing: 'फ़ाइलें तैयार हो रही हैं…',
    uploading: 'फ़ाइलों के अपलोड होने का इंतज़ार…',
    waiting: 'अपलोड की अगली कोशिश का इंतज़ार…',
    offline: 'कनेक्शन का इंतज़ार…',
    failed: 'एक फ़ाइल अपलोड नहीं हुई। फिर कोशिश करें, उसे हटाएँ या उसके बिना भेजें।',
    not_started: 'फ़ाइलें अभी अपलोड नहीं हुई हैं।',
    required: 'पहले कोई फ़ाइल जोड़ें।',
    too_many: 'एक संदेश के लिए फ़ाइलें बहुत ज़्यादा हैं। कुछ हटाएँ।',
    sending: 'भेजा जा रहा है…',
    sendFailed: 'संदेश नहीं भेजा गया। कुछ भी खोया नहीं है: फिर कोशिश करें।',
  },
}

const KINDS: KindWords = { image: 'तस्वीरें', document: 'दस्तावेज़', audio: 'ऑडियो', video: 'वीडियो', custom: 'अन्य फ़ाइलें' }
/** In the oblique case, as postpositions want it. */
const OF_KINDS: KindWords = { image: 'तस्वीरों', document: 'दस्तावेज़ों', audio: 'ऑडियो', video: 'वीडियो', custom: 'अन्य फ़ाइलों' }
const WHO: Record<Layer, string> = { host: 'यह पेज', operator: 'यह सर्वर', app: 'यह ऐप', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'इस पेज की', operator: 'इस सर्वर की', app: 'इस ऐप की', default: 'Dify की सामान्य' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} फ़ाइल`, other: `${n} फ़ाइलें` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} तस्वीर`, other: `${n} तस्वीरें` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'यह फ़ाइल' : `यह फ़ाइल (${formats.bytes(size)})`
}

function quoted(name: string): string {
  return `“${name}”`
}
