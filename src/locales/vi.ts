import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Vietnamese. */
export const vi: Messages = {
  language: 'vi',

  trigger: 'Đính kèm tệp',
  input: 'Tệp',
  list: 'Tệp đính kèm',
  zone: 'Thêm tệp',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'hoặc thả hay dán tệp vào đây' : drop ? 'hoặc thả tệp vào đây' : paste ? 'hoặc dán tệp vào đây' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Ứng dụng này không nhận tệp.'
    const count = accepted.maxFiles === null ? '' : `, tối đa ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} mục khác`)
    if (isExtensionsOnly(accepted)) return `${extensions} tối đa ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} tối đa ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, cùng với ${extensions}`
    return `${capital(sizes.join(', '), 'vi')}${also}${count}.`
  },
  ignored: 'Hình ảnh có thể không được đọc: tính năng tải ảnh của ứng dụng này được thiết lập theo cách cũ mà Dify bỏ qua.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Mọi loại tệp' : capital(formats.list(shortListOf(accepted, KINDS)), 'vi')),
  overlay: { drop: 'Thả để đính kèm', refuse: 'Không thể đính kèm mục này ở đây' },

  uploading: (name) => `Đang tải lên ${quoted(name)}`,
  remove: (name) => `Xóa ${quoted(name)}`,
  retry: (name) => `Thử lại ${quoted(name)}`,
  retryShort: 'Thử lại',
  choose: (name) => `Chọn lại tệp: ${quoted(name)}`,
  chooseShort: 'Chọn lại tệp',
  rename: (name) => `Đổi tên ${quoted(name)}`,
  renameShort: 'Đổi tên',
  newName: (name) => `Tên mới cho ${quoted(name)}`,
  fixes: {
    removeCopy: 'Xóa bản sao',
    removeCopyOf: (name) => `Xóa bản sao: ${quoted(name)}`,
    renameTo: (newName) => `Đổi tên thành ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Đổi tên thành ${quoted(newName)} (hiện là ${quoted(name)})`,
    useOriginal: 'Dùng bản gốc',
    useOriginalOf: (name) => `Dùng bản gốc: ${quoted(name)}`,
  },
  link: {
    open: 'Thêm liên kết',
    address: 'Địa chỉ web của tệp',
    add: 'Thêm',
    cancel: 'Hủy',
    invalid: 'Đây không phải là địa chỉ web. Địa chỉ web bắt đầu bằng https://',
  },
  preview: (name) => `Xem trước ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} trên ${formats.number(of)}`,
    previous: 'Tệp trước',
    next: 'Tệp tiếp theo',
    close: 'Đóng',
    nothing: 'Trình duyệt này không hiển thị được tệp. Tệp vẫn được đính kèm.',
    cut: (bytes, formats) => `Chỉ hiển thị ${formats.bytes(bytes)} đầu tiên.`,
  },
  moreWays: 'Cách đính kèm khác',
  ways: { device: 'Chọn tệp', camera: 'Chụp ảnh', folder: 'Chọn thư mục', link: 'Thêm liên kết' },
  move: (name) => `Di chuyển ${quoted(name)}`,
  moveTo: { start: 'Về đầu', earlier: 'Lên trước', later: 'Lùi sau', end: 'Về cuối' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Đang chuẩn bị…'
      case 'queued': return 'Đang chờ đến lượt'
      case 'not_started': return 'Chưa gửi'
      case 'uploading':
        if (facts.percent === null) return 'Đang tải lên…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, còn ${formats.duration(facts.left)}`
      case 'finishing': return 'Đang hoàn tất…'
      case 'stalled': return 'Đang tạm đứng yên…'
      case 'waiting': return `Thử lại sau ${formats.duration(facts.wait)}`
      case 'offline': return 'Đang chờ kết nối'
      case 'uploaded': return 'Đã đính kèm'
      case 'link': return 'Liên kết'
    }
  },
  sizeOfRest: (count, formats) => `và ${formats.number(count - 1)} tệp khác`,

  errors: {
    empty_file: () => 'Tệp này trống (0 byte). Hãy chọn tệp có nội dung.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `tệp .${facts.extension}` : `${facts.kind === 'custom' ? 'tệp' : KINDS[facts.kind]} không có phần mở rộng`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} không nhận ${what}.` : `${WHO[facts.layer]} không nhận ${what}, chỉ nhận ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Chưa thêm được. ${WHO[facts.layer]} không nhận hình ảnh trong tin nhắn.` : `Chưa thêm được. ${WHO[facts.layer]} không nhận tệp trong tin nhắn.`
      const rule = `${WHO[facts.layer]} nhận tối đa ${counted(facts.limit, formats)} trong một tin nhắn.`
      if (facts.count === 1) return `Chưa thêm được. ${rule} Hãy xóa bớt một mục để có chỗ.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} mục khác`, quoted)
      return `Chưa thêm được ${counted(facts.count, formats)}: ${names}. ${rule} Hãy xóa bớt để có chỗ.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Đây không phải là địa chỉ web. Địa chỉ web bắt đầu bằng https://' : 'Tệp này không có tên. Hãy đổi tên rồi chọn lại.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'Không có tệp nào trong thư mục này.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Thư mục này có quá nhiều tệp; chỉ những tệp đầu tiên được thêm.'
            : `Thư mục này có hơn ${files(facts.limit, formats)}; chỉ ${formats.number(facts.limit)} tệp đầu tiên được thêm.`
        case 'not_accepted': return 'Không thể đính kèm thư mục ở đây. Hãy mở thư mục và chọn các tệp bên trong.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} không nhận tệp.`
        case 'local_files': return `${WHO[facts.layer]} chỉ nhận liên kết, không nhận tệp từ thiết bị.`
        case 'links': return `${WHO[facts.layer]} không nhận liên kết, chỉ nhận tệp từ thiết bị.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Trang này không nhận tệp này.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Tên tệp ghi .${facts.extension} nhưng nội dung lại là loại khác. Hãy kiểm tra tệp.`
        : `Tên tệp ghi .${facts.extension} nhưng nội dung là ${facts.found.toUpperCase()}. Nếu đúng vậy, hãy đổi phần mở rộng thành .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Tệp này đã thay đổi sau khi được chọn. Hãy chọn lại.'
        case 'missing': return 'Tệp này không còn nữa: đã bị di chuyển, đổi tên hoặc xóa. Hãy chọn lại.'
        case 'not_readable': return 'Không đọc được tệp này. Tệp có thể đã thay đổi sau khi được chọn, đang bị khóa hoặc chưa được tải xuống thiết bị này. Hãy chọn lại.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} vượt quá mức máy chủ nhận cho ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} vượt quá giới hạn ${limit} ${LIMIT[facts.layer ?? 'app']} cho ${KINDS[facts.category]}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} vượt quá mức máy chủ Dify nhận trong một lần tải lên.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} vượt quá mức mà một máy chủ trên đường tới Dify cho qua. Người quản trị máy chủ đó có thể nâng giới hạn này.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify không nhận loại tệp này.' : `Dify không nhận loại tệp này (${endingOf(name)}).`),
    too_many_files: () => 'Dify nhận một tệp cho mỗi lần tải lên nhưng đã nhận được nhiều hơn.',
    filename_not_exists_error: () => 'Dify không nhận được tên của tệp này. Hãy đổi tên rồi chọn lại.',
    invalid_param: () => 'Dify không chấp nhận tệp này như đã gửi. Tên tệp có thể chứa ký tự mà Dify không nhận.',
    bad_request_key_error: () => 'Tệp chưa đến Dify trọn vẹn. Hãy thử lại.',
    no_file_uploaded: () => 'Tệp chưa đến được Dify. Hãy thử lại.',
    upload_incomplete: ({ facts }, _, formats) => `Chỉ ${formats.bytes(facts.stored)} trong số ${formats.bytes(facts.expected)} đến được Dify. Hãy thử lại.`,
    unauthorized: () => 'Bạn đã đăng xuất. Hãy đăng nhập rồi thử lại.',
    session_required: () => 'Phiên của bạn đã kết thúc. Hãy thử lại.',
    forbidden_origin: () => 'Máy chủ không nhận tệp tải lên từ trang này. Người quản trị máy chủ cần cho phép.',
    not_found: () => 'Không có dịch vụ tải lên ở địa chỉ này. Người quản trị trang cần sửa lại.',
    method_not_allowed: () => 'Dịch vụ tải lên ở địa chỉ này không nhận tệp. Người quản trị trang cần sửa lại.',
    invalid_user: () => 'Máy chủ không xác định được bạn là ai. Người quản trị máy chủ cần khắc phục.',
    too_many_requests: () => 'Quá nhiều lượt tải lên cùng lúc đối với máy chủ. Hãy thử lại sau ít phút.',
    rate_limit_error: () => 'Ứng dụng này tạm thời đã dùng hết lượt tải lên. Hãy thử lại sau hoặc hỏi người quản trị.',
    gateway_timeout: () => 'Máy chủ phản hồi quá lâu. Hãy thử lại.',
    upstream_unavailable: () => 'Hiện không kết nối được với Dify. Hãy thử lại.',
    unknown: () => 'Dify gặp sự cố. Hãy thử lại.',
    internal_server_error: () => 'Máy chủ gặp sự cố. Hãy thử lại.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Không có kết nối. Việc tải lên sẽ tiếp tục khi có lại kết nối.'
        case 'stalled': return 'Không có tiến triển trong một lúc nên việc tải lên đã bị hủy. Hãy thử lại.'
        case 'no_answer': return 'Đã gửi hết nhưng không có phản hồi. Hãy thử lại.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Mất kết nối. Hãy thử lại.'
          return size === null ? 'Mất kết nối. Nguyên nhân có thể là giới hạn dung lượng trên đường truyền.' : `Mất kết nối. Với tệp ${formats.bytes(size)}, nguyên nhân có thể là giới hạn dung lượng trên đường truyền.`
      }
    },
    upstream_unauthorized: () => 'Khóa Dify của máy chủ không hợp lệ. Người quản trị máy chủ cần sửa lại.',
    upstream_forbidden: () => 'Dify không cho phép máy chủ này tải tệp lên. Người quản trị máy chủ cần khắc phục.',
    upstream_not_found: () => 'Không tìm thấy dịch vụ tải lên của Dify. Người quản trị máy chủ cần sửa lại địa chỉ.',
    upstream_redirect: () => 'Địa chỉ của Dify dẫn đến nơi khác. Người quản trị máy chủ cần sửa lại.',
    upstream_not_dify: () => 'Phản hồi không đến từ Dify. Người quản trị máy chủ cần kiểm tra địa chỉ.',
    other: ({ serverCode, retryable }) => (retryable ? `Máy chủ đã từ chối tệp này (${serverCode}). Hãy thử lại.` : `Máy chủ đã từ chối tệp này (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Đã đổi tên từ ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Đã thu nhỏ: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Đã chuyển đổi: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Đã có trong danh sách',
    'content-differs': ({ extension }) => (extension === null ? 'Nội dung không khớp với tên' : `Nội dung có vẻ là ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `Đã thêm ${quoted(names[0] ?? '')}.` : `Đã thêm ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `Đã đính kèm ${quoted(names[0] ?? '')}.` : `Đã đính kèm ${files(count, formats)}.`),
    half: (name) => `Đã gửi một nửa ${quoted(name)}.`,
    removed: (name) => `Đã xóa ${quoted(name)}.`,
    moved: (name, place, of, formats) => `Đã chuyển ${quoted(name)} đến vị trí ${formats.number(place)} trên ${formats.number(of)}.`,
    renamed: (name, newName) => `Đã đổi tên ${quoted(name)} thành ${quoted(newName)}.`,
    original: (name) => `Sẽ gửi bản gốc của ${quoted(name)}.`,
    offline: 'Không có kết nối. Các lượt tải lên đang chờ.',
    online: 'Đã có lại kết nối.',
    drop: 'Thả để đính kèm.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `Và ${formats.number(count)} tệp khác gặp vấn đề.`,
  },
  draft: {
    elsewhere: 'Bản nháp này đang được lưu ở thẻ khác. Tệp thêm ở đây sẽ mất khi đóng trang.',
    unavailable: 'Trình duyệt này không lưu bản nháp. Tệp chưa gửi sẽ mất khi đóng trang.',
    notKept: (names, count, formats) => (count === 1 ? `Không đủ chỗ để lưu ${quoted(names[0] ?? '')}. Nếu trang bị đóng, hãy chọn lại tệp này.` : `Không đủ chỗ để lưu ${files(count, formats)}. Nếu trang bị đóng, hãy chọn lại.`),
    expired: (count, formats) => `${files(count, formats)} của bản nháp này được lưu quá lâu và đã bị xóa.`,
  },
  send: {
    preparing: 'Đang chuẩn bị tệp…',
    uploading: 'Đang chờ tải tệp lên…',
    waiting: 'Đang chờ thử tải lên lại…',
    offline: 'Đang chờ kết nối…',
    failed: 'Có tệp bị lỗi. Hãy thử lại, xóa tệp đó hoặc gửi không kèm tệp đó.',
    not_started: 'Tệp chưa được tải lên.',
    required: 'Hãy đính kèm tệp trước.',
    too_many: 'Quá nhiều tệp cho một tin nhắn. Hãy xóa bớt.',
    sending: 'Đang gửi…',
    sendFailed: 'Tin nhắn chưa được gửi. Không có gì bị mất: hãy thử lại.',
  },
}

const KINDS: KindWords = { image: 'hình ảnh', document: 'tài liệu', audio: 'tệp âm thanh', video: 'video', custom: 'tệp khác' }
const WHO: Record<Layer, string> = { host: 'Trang này', operator: 'Máy chủ này', app: 'Ứng dụng này', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'của trang này', operator: 'của máy chủ này', app: 'của ứng dụng này', default: 'thông thường của Dify' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} tệp`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} hình ảnh`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Tệp này' : formats.bytes(size)
}

function quoted(name: string): string {
  return `“${name}”`
}
