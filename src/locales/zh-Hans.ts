import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Simplified Chinese. */
export const zhHans: Messages = {
  language: 'zh-Hans',

  trigger: '添加附件',
  input: '文件',
  list: '附件',
  zone: '添加文件',
  zoneHint: ({ drop, paste }) => (drop && paste ? '或将文件拖放、粘贴到此处' : drop ? '或将文件拖放到此处' : paste ? '或将文件粘贴到此处' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return '此应用不接受文件。'
    const count = accepted.maxFiles === null ? '' : `，最多 ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `另外 ${formats.number(more)} 个`)
    if (isExtensionsOnly(accepted)) return `${extensions}，最大 ${formats.bytes(largestOf(accepted))}${count}。`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words}最大 ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `，以及 ${extensions}`
    return `${sizes.join('，')}${also}${count}。`
  },
  ignored: '图片可能不会被读取：此应用的图片上传采用了旧的设置方式，Dify 会忽略它。',
  acceptsShort: (accepted, formats) => (accepted.anything ? '任意类型的文件' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: '松开即可添加', refuse: '此处无法添加该内容' },

  uploading: (name) => `正在上传${quoted(name)}`,
  remove: (name) => `移除${quoted(name)}`,
  retry: (name) => `重试${quoted(name)}`,
  retryShort: '重试',
  choose: (name) => `重新选择文件：${quoted(name)}`,
  chooseShort: '重新选择文件',
  rename: (name) => `重命名${quoted(name)}`,
  renameShort: '重命名',
  newName: (name) => `${quoted(name)}的新名称`,
  fixes: {
    removeCopy: '移除副本',
    removeCopyOf: (name) => `移除副本：${quoted(name)}`,
    renameTo: (newName) => `重命名为${quoted(newName)}`,
    renameFromTo: (name, newName) => `重命名为${quoted(newName)}（当前为${quoted(name)}）`,
    useOriginal: '使用原文件',
    useOriginalOf: (name) => `使用原文件：${quoted(name)}`,
  },
  link: {
    open: '添加链接',
    address: '文件的网址',
    add: '添加',
    cancel: '取消',
    invalid: '这不是网址。网址以 https:// 开头。',
  },
  preview: (name) => `预览${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `第 ${formats.number(place)} 个，共 ${formats.number(of)} 个`,
    previous: '上一个文件',
    next: '下一个文件',
    close: '关闭',
    nothing: '此浏览器无法显示该文件，但文件仍已添加。',
    cut: (bytes, formats) => `仅显示前 ${formats.bytes(bytes)}。`,
  },
  moreWays: '更多添加方式',
  ways: { device: '选择文件', camera: '拍照', folder: '选择文件夹', link: '添加链接' },
  move: (name) => `移动${quoted(name)}`,
  moveTo: { start: '移到开头', earlier: '前移', later: '后移', end: '移到末尾' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return '正在准备…'
      case 'queued': return '排队中'
      case 'not_started': return '尚未发送'
      case 'uploading':
        if (facts.percent === null) return '正在上传…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}，还剩 ${formats.duration(facts.left)}`
      case 'finishing': return '即将完成…'
      case 'stalled': return '暂无进展…'
      case 'waiting': return `${formats.duration(facts.wait)}后重试`
      case 'offline': return '等待网络连接'
      case 'uploaded': return '已添加'
      case 'link': return '链接'
    }
  },
  sizeOfRest: (count, formats) => `及另外 ${formats.number(count - 1)} 个`,

  errors: {
    empty_file: () => '此文件是空的（0 字节）。请选择有内容的文件。',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? ` .${facts.extension} 文件` : `没有扩展名的${facts.kind === 'custom' ? '文件' : KINDS[facts.kind]}`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]}不接受${what}。` : `${WHO[facts.layer]}不接受${what}，只接受${formats.list(allowed)}。`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `未添加：${WHO[facts.layer]}的消息中不能带图片。` : `未添加：${WHO[facts.layer]}的消息中不能带文件。`
      const rule = `${WHO[facts.layer]}每条消息最多接受 ${counted(facts.limit, formats)}。`
      if (facts.count === 1) return `未添加。${rule}请先移除一个。`
      const names = namesOf(facts, formats, (more) => `另外 ${formats.number(more)} 个`, quoted)
      return `有 ${counted(facts.count, formats)}未添加：${names}。${rule}请先移除一些。`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? '这不是网址。网址以 https:// 开头。' : '此文件没有名称。请重命名后重新选择。'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return '此文件夹中没有文件。'
        case 'too_many_files':
          return facts.limit === null
            ? '此文件夹中的文件过多，只添加了最前面的一部分。'
            : `此文件夹中有超过 ${files(facts.limit, formats)}，只添加了前 ${formats.number(facts.limit)} 个。`
        case 'not_accepted': return '此处无法添加文件夹。请打开文件夹，选择其中的文件。'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]}不接受文件。`
        case 'local_files': return `${WHO[facts.layer]}只接受链接，不接受设备上的文件。`
        case 'links': return `${WHO[facts.layer]}不接受链接，只接受设备上的文件。`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? '此页面不接受该文件。',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `文件名后缀是 .${facts.extension}，但内容并非如此。请检查该文件。`
        : `文件名后缀是 .${facts.extension}，但内容是 ${facts.found.toUpperCase()}。如果内容无误，请将后缀改为 .${facts.found}。`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return '此文件在选择后被修改过。请重新选择。'
        case 'missing': return '此文件已不在原处：可能被移动、重命名或删除了。请重新选择。'
        case 'not_readable': return '无法读取此文件。它可能在选择后已更改、已被锁定，或尚未下载到此设备。请重新选择。'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} 超出了服务器对${KINDS[facts.category]}的大小限制。`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} 超出了${LIMIT[facts.layer ?? 'app']}对${KINDS[facts.category]}的大小限制（${limit}）。`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}超出了 Dify 服务器单次上传的大小限制。`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}超出了通往 Dify 途中某台服务器的大小限制。其管理员可以调高该限制。`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify 不接受此类文件。' : `Dify 不接受此类文件（${endingOf(name)}）。`),
    too_many_files: () => 'Dify 每次上传只接受一个文件，但收到了多个。',
    filename_not_exists_error: () => 'Dify 没有收到此文件的名称。请重命名后重新选择。',
    invalid_param: () => 'Dify 未能接受此文件。文件名中可能含有 Dify 不接受的字符。',
    bad_request_key_error: () => '文件未完整送达 Dify。请重试。',
    no_file_uploaded: () => '文件未送达 Dify。请重试。',
    upload_incomplete: ({ facts }, _, formats) => `${formats.bytes(facts.expected)} 中只有 ${formats.bytes(facts.stored)} 送达 Dify。请重试。`,
    unauthorized: () => '你已退出登录。请登录后重试。',
    session_required: () => '会话已过期。请重试。',
    forbidden_origin: () => '服务器不接受来自此页面的上传，需由其管理员开放。',
    not_found: () => '此地址没有上传服务，需由页面管理员更正。',
    method_not_allowed: () => '此地址的上传服务不接受文件，需由页面管理员更正。',
    invalid_user: () => '服务器无法确认你的身份，需由其管理员处理。',
    too_many_requests: () => '同时上传过多，服务器无法处理。请稍后重试。',
    rate_limit_error: () => '此应用的上传次数暂时已用完。请稍后重试，或联系其管理员。',
    gateway_timeout: () => '服务器响应超时。请重试。',
    upstream_unavailable: () => '目前无法连接 Dify。请重试。',
    unknown: () => 'Dify 出现了问题。请重试。',
    internal_server_error: () => '服务器出现了问题。请重试。',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return '没有网络连接。恢复后会继续上传。'
        case 'stalled': return '上传长时间没有进展，已中止。请重试。'
        case 'no_answer': return '已全部发送，但没有收到响应。请重试。'
        case 'lost':
          if (!facts.mayBeSizeLimit) return '连接已中断。请重试。'
          return size === null ? '连接已中断，可能是途中有大小限制。' : `连接已中断。文件大小为 ${formats.bytes(size)}，可能超出了途中的大小限制。`
      }
    },
    upstream_unauthorized: () => '服务器的 Dify 密钥无效，需由其管理员更正。',
    upstream_forbidden: () => 'Dify 不允许此服务器上传文件，需由其管理员处理。',
    upstream_not_found: () => '找不到 Dify 的上传服务，需由服务器管理员更正地址。',
    upstream_redirect: () => 'Dify 的地址指向了别处，需由服务器管理员更正。',
    upstream_not_dify: () => '收到的响应并非来自 Dify，需由服务器管理员检查地址。',
    other: ({ serverCode, retryable }) => (retryable ? `服务器拒绝了此文件（${serverCode}）。请重试。` : `服务器拒绝了此文件（${serverCode}）。`),
  },
  notes: {
    renamed: ({ from }) => `已重命名，原名为${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `已缩小：${formats.bytes(from)} → ${formats.bytes(to)}` : `已转换：${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => '已在列表中',
    'content-differs': ({ extension }) => (extension === null ? '内容与文件名不符' : `内容似乎是 ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `已添加${quoted(names[0] ?? '')}。` : `已添加 ${files(count, formats)}。`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')}已上传完成。` : `${files(count, formats)}已上传完成。`),
    half: (name) => `${quoted(name)}已上传一半。`,
    removed: (name) => `已移除${quoted(name)}。`,
    moved: (name, place, of, formats) => `${quoted(name)}已移到第 ${formats.number(place)} 个，共 ${formats.number(of)} 个。`,
    renamed: (name, newName) => `${quoted(name)}已重命名为${quoted(newName)}。`,
    original: (name) => `将改为发送${quoted(name)}的原文件。`,
    offline: '没有网络连接。恢复后会继续上传。',
    online: '网络连接已恢复。',
    drop: '松开即可添加。',
    failed: (name, sentence) => `${name}：${sentence}`,
    moreFailed: (count, formats) => `另外还有 ${formats.number(count)} 个文件出现问题。`,
  },
  draft: {
    elsewhere: '此草稿由另一个标签页保存。在这里添加的文件会在关闭页面后丢失。',
    unavailable: '此浏览器不保存草稿。未发送的文件会在关闭页面后丢失。',
    notKept: (names, count, formats) => (count === 1 ? `空间不足，无法保存${quoted(names[0] ?? '')}。关闭页面后需要重新选择。` : `空间不足，有 ${files(count, formats)}无法保存。关闭页面后需要重新选择。`),
    expired: (count, formats) => `此草稿中有 ${files(count, formats)}保存时间过长，已被删除。`,
  },
  send: {
    preparing: '正在准备文件…',
    uploading: '正在等待文件上传…',
    waiting: '正在等待重试上传…',
    offline: '正在等待网络连接…',
    failed: '有文件上传失败。请重试、移除，或不带该文件发送。',
    not_started: '文件尚未上传。',
    required: '请先添加文件。',
    too_many: '一条消息容纳不下这么多文件，请移除一些。',
    sending: '正在发送…',
    sendFailed: '消息未发送，内容都还在。请重试。',
  },
}

const KINDS: KindWords = { image: '图片', document: '文档', audio: '音频', video: '视频', custom: '其他文件' }
const WHO: Record<Layer, string> = { host: '此页面', operator: '此服务器', app: '此应用', default: 'Dify ' }
const LIMIT: Record<Layer, string> = { host: '此页面', operator: '此服务器', app: '此应用', default: ' Dify 默认' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} 个文件`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} 张图片`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? '此文件' : `${formats.bytes(size)} `
}

function quoted(name: string): string {
  return `“${name}”`
}
