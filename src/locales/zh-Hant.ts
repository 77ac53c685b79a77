import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Traditional Chinese. As they are used in Taiwan. */
export const zhHant: Messages = {
  language: 'zh-Hant',

  trigger: '附加檔案',
  input: '檔案',
  list: '附件',
  zone: '新增檔案',
  zoneHint: ({ drop, paste }) => (drop && paste ? '或將檔案拖放、貼到這裡' : drop ? '或將檔案拖放到這裡' : paste ? '或將檔案貼到這裡' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return '這個應用程式不接受檔案。'
    const count = accepted.maxFiles === null ? '' : `，最多 ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `另外 ${formats.number(more)} 個`)
    if (isExtensionsOnly(accepted)) return `${extensions}，上限 ${formats.bytes(largestOf(accepted))}${count}。`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words}上限 ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `，以及 ${extensions}`
    return `${sizes.join('，')}${also}${count}。`
  },
  ignored: '圖片可能不會被讀取：這個應用程式的圖片上傳採用舊的設定方式，Dify 會忽略它。',
  acceptsShort: (accepted, formats) => (accepted.anything ? '任何類型的檔案' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: '放開即可附加', refuse: '這裡無法附加此內容' },

  uploading: (name) => `正在上傳${quoted(name)}`,
  remove: (name) => `移除${quoted(name)}`,
  retry: (name) => `重試${quoted(name)}`,
  retryShort: '重試',
  choose: (name) => `重新選擇檔案：${quoted(name)}`,
  chooseShort: '重新選擇檔案',
  rename: (name) => `重新命名${quoted(name)}`,
  renameShort: '重新命名',
  newName: (name) => `${quoted(name)}的新名稱`,
  fixes: {
    removeCopy: '移除副本',
    removeCopyOf: (name) => `移除副本：${quoted(name)}`,
    renameTo: (newName) => `重新命名為${quoted(newName)}`,
    renameFromTo: (name, newName) => `重新命名為${quoted(newName)}（目前為${quoted(name)}）`,
    useOriginal: '使用原始檔案',
    useOriginalOf: (name) => `使用原始檔案：${quoted(name)}`,
  },
  link: {
    open: '新增連結',
    address: '檔案的網址',
    add: '新增',
    cancel: '取消',
    invalid: '這不是網址。網址以 https:// 開頭。',
  },
  preview: (name) => `預覽${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `第 ${formats.number(place)} 個，共 ${formats.number(of)} 個`,
    previous: '上一個檔案',
    next: '下一個檔案',
    close: '關閉',
    nothing: '這個瀏覽器無法顯示此檔案，但檔案仍已附加。',
    cut: (bytes, formats) => `僅顯示前 ${formats.bytes(bytes)}。`,
  },
  moreWays: '更多附加方式',
  ways: { device: '選擇檔案', camera: '拍照', folder: '選擇資料夾', link: '新增連結' },
  move: (name) => `移動${quoted(name)}`,
  moveTo: { start: '移到最前面', earlier: '往前移', later: '往後移', end: '移到最後面' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return '正在準備…'
      case 'queued': return '排隊中'
      case 'not_started': return '尚未傳送'
      case 'uploading':
        if (facts.percent === null) return '正在上傳…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}，還剩 ${formats.duration(facts.left)}`
      case 'finishing': return '即將完成…'
      case 'stalled': return '暫時沒有進展…'
      case 'waiting': return `${formats.duration(facts.wait)}後重試`
      case 'offline': return '等待網路連線'
      case 'uploaded': return '已附加'
      case 'link': return '連結'
    }
  },
  sizeOfRest: (count, formats) => `及另外 ${formats.number(count - 1)} 個`,

  errors: {
    empty_file: () => '這個檔案是空的（0 位元組）。請選擇有內容的檔案。',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? ` .${facts.extension} 檔案` : `沒有副檔名的${facts.kind === 'custom' ? '檔案' : KINDS[facts.kind]}`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]}不接受${what}。` : `${WHO[facts.layer]}不接受${what}，只接受${formats.list(allowed)}。`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `未新增：${WHO[facts.layer]}的訊息中不能附圖片。` : `未新增：${WHO[facts.layer]}的訊息中不能附檔案。`
      const rule = `${WHO[facts.layer]}每則訊息最多接受 ${counted(facts.limit, formats)}。`
      if (facts.count === 1) return `未新增。${rule}請先移除一個。`
      const names = namesOf(facts, formats, (more) => `另外 ${formats.number(more)} 個`, quoted)
      return `有 ${counted(facts.count, formats)}未新增：${names}。${rule}請先移除一些。`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? '這不是網址。網址以 https:// 開頭。' : '這個檔案沒有名稱。請重新命名後再次選擇。'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return '這個資料夾中沒有檔案。'
        case 'too_many_files':
          return facts.limit === null
            ? '這個資料夾中的檔案太多，只新增了最前面的一部分。'
            : `這個資料夾中有超過 ${files(facts.limit, formats)}，只新增了前 ${formats.number(facts.limit)} 個。`
        case 'not_accepted': return '這裡無法附加資料夾。請開啟資料夾，選擇其中的檔案。'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]}不接受檔案。`
        case 'local_files': return `${WHO[facts.layer]}只接受連結，不接受裝置上的檔案。`
        case 'links': return `${WHO[facts.layer]}不接受連結，只接受裝置上的檔案。`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? '這個頁面不接受此檔案。',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `副檔名是 .${facts.extension}，但內容並非如此。請檢查檔案。`
        : `副檔名是 .${facts.extension}，但內容是 ${facts.found.toUpperCase()}。如果內容正確，請將副檔名改為 .${facts.found}。`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return '這個檔案在選擇後被修改過。請重新選擇。'
        case 'missing': return '這個檔案已不在原處：可能被移動、重新命名或刪除了。請重新選擇。'
        case 'not_readable': return '無法讀取這個檔案。它可能在選取後已變更、已被鎖定，或尚未下載到此裝置。請重新選擇。'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} 超過伺服器對${KINDS[facts.category]}的大小上限。`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} 超過${LIMIT[facts.layer ?? 'app']}對${KINDS[facts.category]}的大小上限（${limit}）。`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}超過 Dify 伺服器單次上傳的大小上限。`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}超過通往 Dify 途中某部伺服器的大小上限。其管理員可以調高這個上限。`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify 不接受這類檔案。' : `Dify 不接受這類檔案（${endingOf(name)}）。`),
    too_many_files: () => 'Dify 每次上傳只接受一個檔案，但收到了多個。',
    filename_not_exists_error: () => 'Dify 沒有收到這個檔案的名稱。請重新命名後再次選擇。',
    invalid_param: () => 'Dify 未能接受這個檔案。檔名中可能含有 Dify 不接受的字元。',
    bad_request_key_error: () => '檔案未完整送達 Dify。請重試。',
    no_file_uploaded: () => '檔案未送達 Dify。請重試。',
    upload_incomplete: ({ facts }, _, formats) => `${formats.bytes(facts.expected)} 中只有 ${formats.bytes(facts.stored)} 送達 Dify。請重試。`,
    unauthorized: () => '你已登出。請登入後重試。',
    session_required: () => '工作階段已過期。請重試。',
    forbidden_origin: () => '伺服器不接受來自這個頁面的上傳，需由其管理員開放。',
    not_found: () => '這個位址沒有上傳服務，需由頁面管理員更正。',
    method_not_allowed: () => '這個位址的上傳服務不接受檔案，需由頁面管理員更正。',
    invalid_user: () => '伺服器無法確認你的身分，需由其管理員處理。',
    too_many_requests: () => '同時上傳太多，伺服器無法處理。請稍後重試。',
    rate_limit_error: () => '這個應用程式的上傳次數暫時已用完。請稍後重試，或聯絡其管理員。',
    gateway_timeout: () => '伺服器回應逾時。請重試。',
    upstream_unavailable: () => '目前無法連線到 Dify。請重試。',
    unknown: () => 'Dify 發生問題。請重試。',
    internal_server_error: () => '伺服器發生問題。請重試。',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return '沒有網路連線。恢復後會繼續上傳。'
        case 'stalled': return '上傳長時間沒有進展，已中止。請重試。'
        case 'no_answer': return '已全部傳送，但沒有收到回應。請重試。'
        case 'lost':
          if (!facts.mayBeSizeLimit) return '連線已中斷。請重試。'
          return size === null ? '連線已中斷，可能是途中有大小上限。' : `連線已中斷。檔案大小為 ${formats.bytes(size)}，可能超過途中的大小上限。`
      }
    },
    upstream_unauthorized: () => '伺服器的 Dify 金鑰無效，需由其管理員更正。',
    upstream_forbidden: () => 'Dify 不允許這部伺服器上傳檔案，需由其管理員處理。',
    upstream_not_found: () => '找不到 Dify 的上傳服務，需由伺服器管理員更正位址。',
    upstream_redirect: () => 'Dify 的位址指向了別處，需由伺服器管理員更正。',
    upstream_not_dify: () => '收到的回應並非來自 Dify，需由伺服器管理員檢查位址。',
    other: ({ serverCode, retryable }) => (retryable ? `伺服器拒絕了這個檔案（${serverCode}）。請重試。` : `伺服器拒絕了這個檔案（${serverCode}）。`),
  },
  notes: {
    renamed: ({ from }) => `已重新命名，原名為${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `已縮小：${formats.bytes(from)} → ${formats.bytes(to)}` : `已轉換：${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => '已在清單中',
    'content-differs': ({ extension }) => (extension === null ? '內容與檔名不符' : `內容似乎是 ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `已新增${quoted(names[0] ?? '')}。` : `已新增 ${files(count, formats)}。`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')}已上傳完成。` : `${files(count, formats)}已上傳完成。`),
    half: (name) => `${quoted(name)}已上傳一半。`,
    removed: (name) => `已移除${quoted(name)}。`,
    moved: (name, place, of, formats) => `${quoted(name)}已移到第 ${formats.number(place)} 個，共 ${formats.number(of)} 個。`,
    renamed: (name, newName) => `${quoted(name)}已重新命名為${quoted(newName)}。`,
    original: (name) => `將改為傳送${quoted(name)}的原始檔案。`,
    offline: '沒有網路連線。恢復後會繼續上傳。',
    online: '網路連線已恢復。',
    drop: '放開即可附加。',
    failed: (name, sentence) => `${name}：${sentence}`,
    moreFailed: (count, formats) => `另外還有 ${formats.number(count)} 個檔案發生問題。`,
  },
  draft: {
    elsewhere: '這份草稿由另一個分頁保存。在這裡新增的檔案會在關閉頁面後遺失。',
    unavailable: '這個瀏覽器不保存草稿。未傳送的檔案會在關閉頁面後遺失。',
    notKept: (names, count, formats) => (count === 1 ? `空間不足，無法保存${quoted(names[0] ?? '')}。關閉頁面後需要重新選擇。` : `空間不足，有 ${files(count, formats)}無法保存。關閉頁面後需要重新選擇。`),
    expired: (count, formats) => `這份草稿中有 ${files(count, formats)}保存太久，已被刪除。`,
  },
  send: {
    preparing: '正在準備檔案…',
    uploading: '正在等待檔案上傳…',
    waiting: '正在等待重試上傳…',
    offline: '正在等待網路連線…',
    failed: '有檔案上傳失敗。請重試、移除，或不附該檔案傳送。',
    not_started: '檔案尚未上傳。',
    required: '請先附加檔案。',
    too_many: '一則訊息容納不下這麼多檔案，請移除一些。',
    sending: '正在傳送…',
    sendFailed: '訊息未傳送，內容都還在。請重試。',
  },
}

const KINDS: KindWords = { image: '圖片', document: '文件', audio: '音訊', video: '影片', custom: '其他檔案' }
const WHO: Record<Layer, string> = { host: '這個頁面', operator: '這部伺服器', app: '這個應用程式', default: 'Dify ' }
const LIMIT: Record<Layer, string> = { host: '這個頁面', operator: '這部伺服器', app: '這個應用程式', default: ' Dify 預設' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} 個檔案`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} 張圖片`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? '這個檔案' : `${formats.bytes(size)} `
}

function quoted(name: string): string {
  return `「${name}」`
}
