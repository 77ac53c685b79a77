import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Turkish. No suffix follows a name or a number, since which one is right depends on how it is read. */
export const tr: Messages = {
  language: 'tr',

  trigger: 'Dosya ekle',
  input: 'Dosyalar',
  list: 'Ekler',
  zone: 'Dosya ekle',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'veya buraya sürükleyin ya da yapıştırın' : drop ? 'veya buraya sürükleyin' : paste ? 'veya buraya yapıştırın' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Bu uygulama dosya kabul etmiyor.'
    const count = accepted.maxFiles === null ? '' : `, en fazla ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} tane daha`)
    if (isExtensionsOnly(accepted)) return `${extensions}, en fazla ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} en fazla ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, ayrıca ${extensions}`
    return `${capital(sizes.join(', '), 'tr')}${also}${count}.`
  },
  ignored: 'Görseller dikkate alınmayabilir: Bu uygulamanın görsel yüklemesi, Dify’ın yok saydığı eski bir yöntemle ayarlanmış.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Her türden dosya' : capital(formats.list(shortListOf(accepted, KINDS)), 'tr')),
  overlay: { drop: 'Eklemek için bırakın', refuse: 'Bu buraya eklenemez' },

  uploading: (name) => `${quoted(name)} yükleniyor`,
  remove: (name) => `Kaldır: ${quoted(name)}`,
  retry: (name) => `Yeniden dene: ${quoted(name)}`,
  retryShort: 'Yeniden dene',
  choose: (name) => `Dosyayı yeniden seç: ${quoted(name)}`,
  chooseShort: 'Dosyayı yeniden seç',
  rename: (name) => `Yeniden adlandır: ${quoted(name)}`,
  renameShort: 'Yeniden adlandır',
  newName: (name) => `${quoted(name)} için yeni ad`,
  fixes: {
    removeCopy: 'Kopyayı kaldır',
    removeCopyOf: (name) => `Kopyayı kaldır: ${quoted(name)}`,
    renameTo: (newName) => `Yeni ad: ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Yeni ad: ${quoted(newName)} (şimdiki ad: ${quoted(name)})`,
    useOriginal: 'Özgün dosyayı kullan',
    useOriginalOf: (name) => `Özgün dosyayı kullan: ${quoted(name)}`,
  },
  link: {
    open: 'Bağlantı ekle',
    address: 'Dosyanın web adresi',
    add: 'Ekle',
    cancel: 'İptal',
    invalid: 'Bu bir web adresi değil. Web adresleri şöyle başlar: https://',
  },
  preview: (name) => `Önizle: ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} / ${formats.number(of)}`,
    previous: 'Önceki dosya',
    next: 'Sonraki dosya',
    close: 'Kapat',
    nothing: 'Bu tarayıcı dosyayı gösteremiyor. Dosya yine de eklendi.',
    cut: (bytes, formats) => `Yalnızca ilk ${formats.bytes(bytes)} gösteriliyor.`,
  },
  moreWays: 'Diğer ekleme yolları',
  ways: { device: 'Dosya seç', camera: 'Fotoğraf çek', folder: 'Klasör seç', link: 'Bağlantı ekle' },
  move: (name) => `Taşı: ${quoted(name)}`,
  moveTo: { start: 'En başa', earlier: 'Öne', later: 'Arkaya', end: 'En sona' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Hazırlanıyor…'
      case 'queued': return 'Sırada bekliyor'
      case 'not_started': return 'Henüz gönderilmedi'
      case 'uploading':
        if (facts.percent === null) return 'Yükleniyor…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, kalan süre: ${formats.duration(facts.left)}`
      case 'finishing': return 'Tamamlanıyor…'
      case 'stalled': return 'Şu an ilerlemiyor…'
      case 'waiting': return `${formats.duration(facts.wait)} sonra yeniden denenecek`
      case 'offline': return 'Bağlantı bekleniyor'
      case 'uploaded': return 'Eklendi'
      case 'link': return 'Bağlantı'
    }
  },
  sizeOfRest: (count, formats) => `ve ${formats.number(count - 1)} tane daha`,

  errors: {
    empty_file: () => 'Bu dosya boş (0 bayt). İçeriği olan bir dosya seçin.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `.${facts.extension} dosyaları` : `uzantısız ${facts.kind === 'custom' ? 'dosyalar' : KINDS[facts.kind]}`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} şunları kabul etmiyor: ${what}.` : `${WHO[facts.layer]} şunları kabul etmiyor: ${what}. Kabul edilenler: ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Eklenmedi. ${WHO[facts.layer]} mesajlarda görsel kabul etmiyor.` : `Eklenmedi. ${WHO[facts.layer]} mesajlarda dosya kabul etmiyor.`
      const rule = `${WHO[facts.layer]} bir mesajda en fazla ${counted(facts.limit, formats)} kabul ediyor.`
      if (facts.count === 1) return `Eklenmedi. ${rule} Yer açmak için birini kaldırın.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} tane daha`, quoted)
      return `${counted(facts.count, formats)} eklenmedi: ${names}. ${rule} Yer açmak için bazılarını kaldırın.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Bu bir web adresi değil. Web adresleri şöyle başlar: https://' : 'Bu dosyanın adı yok. Dosyayı adlandırıp yeniden seçin.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'Bu klasörde dosya yok.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Bu klasörde çok fazla dosya var; yalnızca ilk dosyalar alındı.'
            : `Bu klasörde izin verilenden çok dosya var (en fazla ${files(facts.limit, formats)}); yalnızca ilk ${formats.number(facts.limit)} dosya alındı.`
        case 'not_accepted': return 'Buraya klasör eklenemez. Klasörü açıp içindeki dosyaları seçin.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} dosya kabul etmiyor.`
        case 'local_files': return `${WHO[facts.layer]} yalnızca bağlantı kabul ediyor, cihazdan dosya kabul etmiyor.`
        case 'links': return `${WHO[facts.layer]} bağlantı kabul etmiyor, yalnızca cihazdan dosya kabul ediyor.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Bu sayfa bu dosyayı kabul etmiyor.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Dosyanın uzantısı .${facts.extension} ama içeriği farklı. Dosyayı kontrol edin.`
        : `Dosyanın uzantısı .${facts.extension} ama içeriği ${facts.found.toUpperCase()}. Doğruysa uzantıyı değiştirin: .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Bu dosya seçildikten sonra değişti. Yeniden seçin.'
        case 'missing': return 'Bu dosya artık yerinde değil: taşınmış, yeniden adlandırılmış veya silinmiş. Yeniden seçin.'
        case 'not_readable': return 'Bu dosya okunamıyor. Seçildikten sonra değiştirilmiş, kilitli veya henüz bu cihaza indirilmemiş olabilir. Yeniden seçin.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)}, sunucunun ${KINDS[facts.category]} için kabul ettiğinden fazla.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size}, ${LIMIT[facts.layer ?? 'app']} sınırından (${KINDS[facts.category]} için ${limit}) fazla.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}, Dify sunucusunun tek yüklemede kabul ettiğinden büyük.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}, Dify yolundaki bir sunucunun geçirdiğinden büyük. Bu sınırı sunucunun yöneticisi yükseltebilir.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify bu dosya türünü kabul etmiyor.' : `Dify bu dosya türünü (${endingOf(name)}) kabul etmiyor.`),
    too_many_files: () => 'Dify bir yüklemede tek dosya kabul ediyor, birden çok dosya aldı.',
    filename_not_exists_error: () => 'Dify bu dosyanın adını almadı. Dosyayı yeniden adlandırıp tekrar seçin.',
    invalid_param: () => 'Dify bu dosyayı bu hâliyle kabul etmedi. Adında Dify için geçersiz bir karakter olabilir.',
    bad_request_key_error: () => 'Dosya Dify sunucusuna eksik ulaştı. Yeniden deneyin.',
    no_file_uploaded: () => 'Dosya Dify sunucusuna ulaşmadı. Yeniden deneyin.',
    upload_incomplete: ({ facts }, _, formats) => `Dify sunucusuna yalnızca ${formats.bytes(facts.stored)} ulaştı (toplam ${formats.bytes(facts.expected)}). Yeniden deneyin.`,
    unauthorized: () => 'Oturumunuz kapalı. Oturum açıp yeniden deneyin.',
    session_required: () => 'Oturumunuz sona erdi. Yeniden deneyin.',
    forbidden_origin: () => 'Sunucu bu sayfadan yükleme kabul etmiyor. Sunucunun yöneticisi buna izin vermeli.',
    not_found: () => 'Bu adreste yükleme hizmeti yok. Sayfanın yöneticisi bunu düzeltmeli.',
    method_not_allowed: () => 'Bu adresteki yükleme hizmeti dosya kabul etmiyor. Sayfanın yöneticisi bunu düzeltmeli.',
    invalid_user: () => 'Sunucu kim olduğunuzu belirleyemedi. Sunucunun yöneticisi bunu düzeltmeli.',
    too_many_requests: () => 'Sunucu için aynı anda çok fazla yükleme var. Biraz sonra yeniden deneyin.',
    rate_limit_error: () => 'Bu uygulama şimdilik yükleme hakkını doldurdu. Daha sonra yeniden deneyin veya yöneticisine sorun.',
    gateway_timeout: () => 'Sunucu çok uzun süre yanıt vermedi. Yeniden deneyin.',
    upstream_unavailable: () => 'Dify hizmetine şu anda ulaşılamıyor. Yeniden deneyin.',
    unknown: () => 'Dify tarafında bir sorun oluştu. Yeniden deneyin.',
    internal_server_error: () => 'Sunucuda bir sorun oluştu. Yeniden deneyin.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Bağlantı yok. Geri geldiğinde yükleme devam edecek.'
        case 'stalled': return 'Bir süre ilerleme olmadığı için yükleme durduruldu. Yeniden deneyin.'
        case 'no_answer': return 'Her şey gönderildi ama yanıt gelmedi. Yeniden deneyin.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Bağlantı koptu. Yeniden deneyin.'
          return size === null ? 'Bağlantı koptu. Nedeni yol üzerindeki bir boyut sınırı olabilir.' : `Bağlantı koptu. Dosya boyutu ${formats.bytes(size)} olduğundan nedeni yol üzerindeki bir boyut sınırı olabilir.`
      }
    },
    upstream_unauthorized: () => 'Sunucunun Dify anahtarı geçerli değil. Sunucunun yöneticisi bunu düzeltmeli.',
    upstream_forbidden: () => 'Dify bu sunucunun dosya yüklemesine izin vermiyor. Sunucunun yöneticisi bunu düzeltmeli.',
    upstream_not_found: () => 'Dify yükleme hizmeti bulunamadı. Sunucunun yöneticisi adresi düzeltmeli.',
    upstream_redirect: () => 'Dify adresi başka bir yere yönlendiriyor. Sunucunun yöneticisi bunu düzeltmeli.',
    upstream_not_dify: () => 'Yanıt Dify sunucusundan gelmedi. Sunucunun yöneticisi adresi kontrol etmeli.',
    other: ({ serverCode, retryable }) => (retryable ? `Sunucu bu dosyayı reddetti (${serverCode}). Yeniden deneyin.` : `Sunucu bu dosyayı reddetti (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Yeniden adlandırıldı, önceki ad: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Küçültüldü: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Dönüştürüldü: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Zaten listede',
    'content-differs': ({ extension }) => (extension === null ? 'İçerik adla uyuşmuyor' : `İçerik ${extension.toUpperCase()} gibi görünüyor`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} eklendi.` : `${files(count, formats)} eklendi.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} yüklendi.` : `${files(count, formats)} yüklendi.`),
    half: (name) => `${quoted(name)} dosyasının yarısı gönderildi.`,
    removed: (name) => `${quoted(name)} kaldırıldı.`,
    moved: (name, place, of, formats) => `${quoted(name)} taşındı, yeni sırası: ${formats.number(place)} / ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} yeniden adlandırıldı, yeni ad: ${quoted(newName)}.`,
    original: (name) => `Bunun yerine özgün dosya gönderiliyor: ${quoted(name)}.`,
    offline: 'Bağlantı yok. Yüklemeler bağlantıyı bekliyor.',
    online: 'Bağlantı geri geldi.',
    drop: 'Eklemek için bırakın.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `${formats.number(count)} dosyada daha sorun var.`,
  },
  draft: {
    elsewhere: 'Bu taslağı başka bir sekme saklıyor. Buraya eklenen dosyalar sayfa kapanınca kaybolur.',
    unavailable: 'Bu tarayıcı taslak saklamıyor. Gönderilmeyen dosyalar sayfa kapanınca kaybolur.',
    notKept: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} için yer yok, saklanamıyor. Sayfa kapanırsa dosyayı yeniden seçin.` : `${files(count, formats)} için yer yok, saklanamıyor. Sayfa kapanırsa dosyaları yeniden seçin.`),
    expired: (count, formats) => `Bu taslakta çok uzun süre saklanan ${files(count, formats)} silindi.`,
  },
  send: {
    preparing: 'Dosyalar hazırlanıyor…',
    uploading: 'Dosyaların yüklenmesi bekleniyor…',
    waiting: 'Yüklemenin yeniden denenmesi bekleniyor…',
    offline: 'Bağlantı bekleniyor…',
    failed: 'Bir dosya yüklenemedi. Yeniden deneyin, kaldırın veya onsuz gönderin.',
    not_started: 'Dosyalar henüz yüklenmedi.',
    required: 'Önce bir dosya ekleyin.',
    too_many: 'Tek bir mesaj için çok fazla dosya var. Bazılarını kaldırın.',
    sending: 'Gönderiliyor…',
    sendFailed: 'Mesaj gönderilmedi. Hiçbir şey kaybolmadı: yeniden deneyin.',
  },
}

const KINDS: KindWords = { image: 'görseller', document: 'belgeler', audio: 'ses dosyaları', video: 'videolar', custom: 'diğer dosyalar' }
const WHO: Record<Layer, string> = { host: 'Bu sayfa', operator: 'Bu sunucu', app: 'Bu uygulama', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'bu sayfanın', operator: 'bu sunucunun', app: 'bu uygulamanın', default: 'Dify’ın olağan' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} dosya`, other: `${n} dosya` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} görsel`, other: `${n} görsel` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Bu dosya' : formats.bytes(size)
}

function quoted(name: string): string {
  return `“${name}”`
}
