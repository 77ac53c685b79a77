import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Indonesian. */
export const id: Messages = {
  language: 'id',

  trigger: 'Lampirkan file',
  input: 'File',
  list: 'Lampiran',
  zone: 'Tambahkan file',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'atau lepas atau tempel di sini' : drop ? 'atau lepas di sini' : paste ? 'atau tempel di sini' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Aplikasi ini tidak menerima file.'
    const count = accepted.maxFiles === null ? '' : `, maksimal ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} lainnya`)
    if (isExtensionsOnly(accepted)) return `${extensions} hingga ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} hingga ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, serta ${extensions}`
    return `${capital(sizes.join(', '), 'id')}${also}${count}.`
  },
  ignored: 'Gambar mungkin tidak terbaca: unggahan gambar di aplikasi ini diatur dengan cara lama yang diabaikan Dify.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Semua jenis file' : capital(formats.list(shortListOf(accepted, KINDS)), 'id')),
  overlay: { drop: 'Lepas untuk melampirkan', refuse: 'Ini tidak dapat dilampirkan di sini' },

  uploading: (name) => `Mengunggah ${quoted(name)}`,
  remove: (name) => `Hapus ${quoted(name)}`,
  retry: (name) => `Coba lagi ${quoted(name)}`,
  retryShort: 'Coba lagi',
  choose: (name) => `Pilih ulang file: ${quoted(name)}`,
  chooseShort: 'Pilih ulang file',
  rename: (name) => `Ganti nama ${quoted(name)}`,
  renameShort: 'Ganti nama',
  newName: (name) => `Nama baru untuk ${quoted(name)}`,
  fixes: {
    removeCopy: 'Hapus salinan',
    removeCopyOf: (name) => `Hapus salinan: ${quoted(name)}`,
    renameTo: (newName) => `Ganti nama menjadi ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Ganti nama menjadi ${quoted(newName)} (kini ${quoted(name)})`,
    useOriginal: 'Gunakan file asli',
    useOriginalOf: (name) => `Gunakan file asli: ${quoted(name)}`,
  },
  link: {
    open: 'Tambahkan tautan',
    address: 'Alamat web file',
    add: 'Tambahkan',
    cancel: 'Batal',
    invalid: 'Ini bukan alamat web. Alamat web diawali dengan https://',
  },
  preview: (name) => `Pratinjau ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} dari ${formats.number(of)}`,
    previous: 'File sebelumnya',
    next: 'File berikutnya',
    close: 'Tutup',
    nothing: 'Browser ini tidak dapat menampilkan file ini. File tetap terlampir.',
    cut: (bytes, formats) => `Hanya ${formats.bytes(bytes)} pertama yang ditampilkan.`,
  },
  moreWays: 'Cara lain untuk melampirkan',
  ways: { device: 'Pilih file', camera: 'Ambil foto', folder: 'Pilih folder', link: 'Tambahkan tautan' },
  move: (name) => `Pindahkan ${quoted(name)}`,
  moveTo: { start: 'Ke awal', earlier: 'Lebih awal', later: 'Lebih akhir', end: 'Ke akhir' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Menyiapkan…'
      case 'queued': return 'Menunggu giliran'
      case 'not_started': return 'Belum dikirim'
      case 'uploading':
        if (facts.percent === null) return 'Mengunggah…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, sisa ${formats.duration(facts.left)}`
      case 'finishing': return 'Menyelesaikan…'
      case 'stalled': return 'Belum ada kemajuan…'
      case 'waiting': return `Mencoba lagi dalam ${formats.duration(facts.wait)}`
      case 'offline': return 'Menunggu koneksi'
      case 'uploaded': return 'Terlampir'
      case 'link': return 'Tautan'
    }
  },
  sizeOfRest: (count, formats) => `dan ${formats.number(count - 1)} lainnya`,

  errors: {
    empty_file: () => 'File ini kosong (0 byte). Pilih file yang ada isinya.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `file .${facts.extension}` : `${facts.kind === 'custom' ? 'file' : KINDS[facts.kind]} tanpa ekstensi`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} tidak menerima ${what}.` : `${WHO[facts.layer]} tidak menerima ${what}, hanya ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Tidak ditambahkan. ${WHO[facts.layer]} tidak menerima gambar dalam pesan.` : `Tidak ditambahkan. ${WHO[facts.layer]} tidak menerima file dalam pesan.`
      const rule = `${WHO[facts.layer]} menerima maksimal ${counted(facts.limit, formats)} per pesan.`
      if (facts.count === 1) return `Tidak ditambahkan. ${rule} Hapus salah satu untuk memberi ruang.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} lainnya`, quoted)
      return `${counted(facts.count, formats)} tidak ditambahkan: ${names}. ${rule} Hapus beberapa untuk memberi ruang.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Ini bukan alamat web. Alamat web diawali dengan https://' : 'File ini tidak bernama. Ganti namanya lalu pilih lagi.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'Tidak ada file di folder ini.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Folder ini berisi terlalu banyak file; hanya file-file pertama yang diambil.'
            : `Folder ini berisi lebih dari ${files(facts.limit, formats)}; hanya ${formats.number(facts.limit)} file pertama yang diambil.`
        case 'not_accepted': return 'Folder tidak dapat dilampirkan di sini. Buka folder dan pilih file di dalamnya.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} tidak menerima file.`
        case 'local_files': return `${WHO[facts.layer]} hanya menerima tautan, bukan file dari perangkat.`
        case 'links': return `${WHO[facts.layer]} tidak menerima tautan, hanya file dari perangkat.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Halaman ini tidak menerima file ini.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Namanya berakhiran .${facts.extension}, tetapi isinya berbeda. Periksa file ini.`
        : `Namanya berakhiran .${facts.extension}, tetapi isinya ${facts.found.toUpperCase()}. Jika itu benar, ubah ekstensinya menjadi .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'File ini berubah setelah dipilih. Pilih lagi.'
        case 'missing': return 'File ini sudah tidak ada: telah dipindahkan, diganti namanya, atau dihapus. Pilih lagi.'
        case 'not_readable': return 'File ini tidak dapat dibaca. Mungkin berubah setelah dipilih, terkunci, atau belum diunduh ke perangkat ini. Pilih lagi.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} melebihi yang diterima server untuk ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} melebihi batas ${limit} ${LIMIT[facts.layer ?? 'app']} untuk ${KINDS[facts.category]}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} melebihi yang diterima server Dify dalam satu unggahan.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} melebihi yang diloloskan oleh server dalam perjalanan ke Dify. Pengelolanya dapat menaikkan batas itu.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify tidak menerima jenis file ini.' : `Dify tidak menerima jenis file ini (${endingOf(name)}).`),
    too_many_files: () => 'Dify menerima satu file per unggahan, tetapi dikirimi lebih dari satu.',
    filename_not_exists_error: () => 'Dify tidak menerima nama untuk file ini. Ganti namanya lalu pilih lagi.',
    invalid_param: () => 'Dify tidak menerima file ini sebagaimana dikirim. Namanya mungkin mengandung karakter yang tidak diterima Dify.',
    bad_request_key_error: () => 'File tidak sampai utuh ke Dify. Coba lagi.',
    no_file_uploaded: () => 'File tidak sampai ke Dify. Coba lagi.',
    upload_incomplete: ({ facts }, _, formats) => `Hanya ${formats.bytes(facts.stored)} dari ${formats.bytes(facts.expected)} yang sampai ke Dify. Coba lagi.`,
    unauthorized: () => 'Anda sudah keluar. Masuk, lalu coba lagi.',
    session_required: () => 'Sesi Anda telah berakhir. Coba lagi.',
    forbidden_origin: () => 'Server tidak menerima unggahan dari halaman ini. Pengelolanya harus mengizinkannya.',
    not_found: () => 'Tidak ada layanan unggah di alamat ini. Pengelola halaman harus memperbaikinya.',
    method_not_allowed: () => 'Layanan unggah di alamat ini tidak menerima file. Pengelola halaman harus memperbaikinya.',
    invalid_user: () => 'Server tidak dapat mengenali Anda. Pengelolanya harus memperbaikinya.',
    too_many_requests: () => 'Terlalu banyak unggahan sekaligus untuk server. Coba lagi sebentar lagi.',
    rate_limit_error: () => 'Aplikasi ini telah menghabiskan jatah unggahannya untuk saat ini. Coba lagi nanti atau tanyakan kepada pengelolanya.',
    gateway_timeout: () => 'Server terlalu lama merespons. Coba lagi.',
    upstream_unavailable: () => 'Dify tidak dapat dijangkau saat ini. Coba lagi.',
    unknown: () => 'Dify mengalami masalah. Coba lagi.',
    internal_server_error: () => 'Server mengalami masalah. Coba lagi.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Tidak ada koneksi. Unggahan berlanjut saat koneksi kembali.'
        case 'stalled': return 'Tidak ada kemajuan selama beberapa waktu, jadi unggahan dihentikan. Coba lagi.'
        case 'no_answer': return 'Semua sudah dikirim, tetapi tidak ada jawaban. Coba lagi.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Koneksi terputus. Coba lagi.'
          return size === null ? 'Koneksi terputus. Penyebabnya mungkin batas ukuran di perjalanan.' : `Koneksi terputus. Untuk file ${formats.bytes(size)}, penyebabnya mungkin batas ukuran di perjalanan.`
      }
    },
    upstream_unauthorized: () => 'Kunci server untuk Dify tidak valid. Pengelola server harus memperbaikinya.',
    upstream_forbidden: () => 'Dify tidak mengizinkan server ini mengunggah file. Pengelola server harus memperbaikinya.',
    upstream_not_found: () => 'Layanan unggah Dify tidak ditemukan. Pengelola server harus memperbaiki alamatnya.',
    upstream_redirect: () => 'Alamat Dify mengarah ke tempat lain. Pengelola server harus memperbaikinya.',
    upstream_not_dify: () => 'Jawaban tidak berasal dari Dify. Pengelola server harus memeriksa alamatnya.',
    other: ({ serverCode, retryable }) => (retryable ? `Server menolak file ini (${serverCode}). Coba lagi.` : `Server menolak file ini (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Diganti nama dari ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Diperkecil: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Dikonversi: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Sudah ada dalam daftar',
    'content-differs': ({ extension }) => (extension === null ? 'Isi tidak sesuai dengan nama' : `Isinya tampak seperti ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} ditambahkan.` : `${files(count, formats)} ditambahkan.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} dilampirkan.` : `Dilampirkan: ${files(count, formats)}.`),
    half: (name) => `Separuh ${quoted(name)} sudah dikirim.`,
    removed: (name) => `${quoted(name)} dihapus.`,
    moved: (name, place, of, formats) => `${quoted(name)} dipindahkan ke urutan ${formats.number(place)} dari ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} diganti nama menjadi ${quoted(newName)}.`,
    original: (name) => `Sebagai gantinya, file asli ${quoted(name)} yang dikirim.`,
    offline: 'Tidak ada koneksi. Unggahan menunggu.',
    online: 'Koneksi sudah kembali.',
    drop: 'Lepas untuk melampirkan.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `Dan ${formats.number(count)} lainnya bermasalah.`,
  },
  draft: {
    elsewhere: 'Draf ini disimpan oleh tab lain. File yang ditambahkan di sini hilang saat halaman ditutup.',
    unavailable: 'Browser ini tidak menyimpan draf. File yang belum dikirim hilang saat halaman ditutup.',
    notKept: (names, count, formats) => (count === 1 ? `Tidak ada ruang untuk menyimpan ${quoted(names[0] ?? '')}. Jika halaman ditutup, pilih lagi.` : `Tidak ada ruang untuk menyimpan ${files(count, formats)}. Jika halaman ditutup, pilih lagi.`),
    expired: (count, formats) => `${files(count, formats)} dari draf ini disimpan terlalu lama dan sudah dihapus.`,
  },
  send: {
    preparing: 'File sedang disiapkan…',
    uploading: 'Menunggu file terunggah…',
    waiting: 'Menunggu untuk mencoba mengunggah lagi…',
    offline: 'Menunggu koneksi…',
    failed: 'Ada file yang gagal. Coba lagi, hapus, atau kirim tanpa file itu.',
    not_started: 'File belum diunggah.',
    required: 'Lampirkan file terlebih dahulu.',
    too_many: 'Terlalu banyak file untuk satu pesan. Hapus beberapa.',
    sending: 'Mengirim…',
    sendFailed: 'Pesan tidak terkirim. Tidak ada yang hilang: coba lagi.',
  },
}

const KINDS: KindWords = { image: 'gambar', document: 'dokumen', audio: 'audio', video: 'video', custom: 'file lain' }
const WHO: Record<Layer, string> = { host: 'Halaman ini', operator: 'Server ini', app: 'Aplikasi ini', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'halaman ini', operator: 'server ini', app: 'aplikasi ini', default: 'bawaan Dify' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} file`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} gambar`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'File ini' : formats.bytes(size)
}

function quoted(name: string): string {
  return `“${name}”`
}
