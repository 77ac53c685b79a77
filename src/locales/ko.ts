import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Korean. No particle follows a name or a number, since which one is right depends on how it is read. */
export const ko: Messages = {
  language: 'ko',

  trigger: '파일 첨부',
  input: '파일',
  list: '첨부 파일',
  zone: '파일 추가',
  zoneHint: ({ drop, paste }) => (drop && paste ? '또는 여기에 끌어다 놓거나 붙여넣으세요' : drop ? '또는 여기에 끌어다 놓으세요' : paste ? '또는 여기에 붙여넣으세요' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return '이 앱에서는 파일을 사용할 수 없습니다.'
    const count = accepted.maxFiles === null ? '' : `, ${files(accepted.maxFiles, formats)}까지`
    const extensions = extensionsOf(accepted, formats, (more) => `그 밖의 ${formats.number(more)}개`)
    if (isExtensionsOnly(accepted)) return `${extensions}, 최대 ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} 최대 ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, 그리고 ${extensions}`
    return `${sizes.join(', ')}${also}${count}.`
  },
  ignored: '이미지를 읽지 못할 수 있습니다. 이 앱의 이미지 업로드가 Dify에서 무시하는 예전 방식으로 설정되어 있습니다.',
  acceptsShort: (accepted, formats) => (accepted.anything ? '모든 종류의 파일' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: '놓아서 첨부', refuse: '여기에는 첨부할 수 없습니다' },

  uploading: (name) => `${quoted(name)} 업로드 중`,
  remove: (name) => `${quoted(name)} 삭제`,
  retry: (name) => `${quoted(name)} 다시 시도`,
  retryShort: '다시 시도',
  choose: (name) => `파일 다시 선택: ${quoted(name)}`,
  chooseShort: '파일 다시 선택',
  rename: (name) => `${quoted(name)} 이름 바꾸기`,
  renameShort: '이름 바꾸기',
  newName: (name) => `${quoted(name)} 새 이름`,
  fixes: {
    removeCopy: '사본 삭제',
    removeCopyOf: (name) => `사본 삭제: ${quoted(name)}`,
    renameTo: (newName) => `이름 바꾸기: ${quoted(newName)}`,
    renameFromTo: (name, newName) => `이름 바꾸기: ${quoted(newName)} (현재 ${quoted(name)})`,
    useOriginal: '원본 사용',
    useOriginalOf: (name) => `원본 사용: ${quoted(name)}`,
  },
  link: {
    open: '링크 추가',
    address: '파일의 웹 주소',
    add: '추가',
    cancel: '취소',
    invalid: '웹 주소가 아닙니다. 웹 주소는 https://로 시작합니다.',
  },
  preview: (name) => `${quoted(name)} 미리보기`,
  previewer: {
    place: (place, of, formats) => `${formats.number(of)}개 중 ${formats.number(place)}번째`,
    previous: '이전 파일',
    next: '다음 파일',
    close: '닫기',
    nothing: '이 브라우저에서는 이 파일을 표시할 수 없지만 첨부는 되어 있습니다.',
    cut: (bytes, formats) => `처음 ${formats.bytes(bytes)}만 표시됩니다.`,
  },
  moreWays: '다른 첨부 방법',
  ways: { device: '파일 선택', camera: '사진 찍기', folder: '폴더 선택', link: '링크 추가' },
  move: (name) => `${quoted(name)} 이동`,
  moveTo: { start: '맨 앞으로', earlier: '앞으로', later: '뒤로', end: '맨 뒤로' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return '준비 중…'
      case 'queued': return '순서 대기 중'
      case 'not_started': return '아직 보내지 않음'
      case 'uploading':
        if (facts.percent === null) return '업로드 중…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, ${formats.duration(facts.left)} 남음`
      case 'finishing': return '마무리 중…'
      case 'stalled': return '진행이 멈춰 있음…'
      case 'waiting': return `${formats.duration(facts.wait)} 후 다시 시도`
      case 'offline': return '연결 대기 중'
      case 'uploaded': return '첨부됨'
      case 'link': return '링크'
    }
  },
  sizeOfRest: (count, formats) => `외 ${formats.number(count - 1)}개`,

  errors: {
    empty_file: () => '빈 파일입니다(0바이트). 내용이 있는 파일을 선택하세요.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `.${facts.extension} 파일` : `확장자가 없는 ${facts.kind === 'custom' ? '파일' : KINDS[facts.kind]}`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]}에서 허용하지 않는 형식입니다: ${what}.` : `${WHO[facts.layer]}에서 허용하지 않는 형식입니다: ${what}. 허용되는 형식: ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `추가되지 않았습니다. ${WHO[facts.layer]}에서는 메시지에 이미지를 넣을 수 없습니다.` : `추가되지 않았습니다. ${WHO[facts.layer]}에서는 메시지에 파일을 넣을 수 없습니다.`
      const rule = `${WHO[facts.layer]}에서는 메시지 하나에 ${counted(facts.limit, formats)}까지 넣을 수 있습니다.`
      if (facts.count === 1) return `추가되지 않았습니다. ${rule} 하나를 삭제해 자리를 만드세요.`
      const names = namesOf(facts, formats, (more) => `그 밖의 ${formats.number(more)}개`, quoted)
      return `${counted(facts.count, formats)}가 추가되지 않았습니다(${names}). ${rule} 일부를 삭제해 자리를 만드세요.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? '웹 주소가 아닙니다. 웹 주소는 https://로 시작합니다.' : '이 파일에는 이름이 없습니다. 이름을 바꾼 뒤 다시 선택하세요.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return '이 폴더에는 파일이 없습니다.'
        case 'too_many_files':
          return facts.limit === null
            ? '이 폴더에는 파일이 너무 많아 앞쪽 일부만 추가되었습니다.'
            : `이 폴더에는 파일이 ${formats.number(facts.limit)}개 넘게 있어 처음 ${formats.number(facts.limit)}개만 추가되었습니다.`
        case 'not_accepted': return '여기에는 폴더를 첨부할 수 없습니다. 폴더를 열고 그 안의 파일을 선택하세요.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]}에서는 파일을 사용할 수 없습니다.`
        case 'local_files': return `${WHO[facts.layer]}에서는 링크만 사용할 수 있고 기기의 파일은 사용할 수 없습니다.`
        case 'links': return `${WHO[facts.layer]}에서는 링크를 사용할 수 없고 기기의 파일만 사용할 수 있습니다.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? '이 페이지에서는 이 파일을 사용할 수 없습니다.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `확장자는 .${facts.extension}이지만 내용은 다릅니다. 파일을 확인하세요.`
        : `확장자는 .${facts.extension}이지만 내용은 ${facts.found.toUpperCase()} 형식입니다. 내용이 맞다면 확장자를 바꾸세요: .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return '선택한 뒤에 파일이 변경되었습니다. 다시 선택하세요.'
        case 'missing': return '파일이 더 이상 없습니다. 이동되었거나 이름이 바뀌었거나 삭제되었습니다. 다시 선택하세요.'
        case 'not_readable': return '파일을 읽을 수 없습니다. 선택한 뒤에 변경되었거나, 잠겨 있거나, 아직 이 기기에 다운로드되지 않았을 수 있습니다. 다시 선택하세요.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `파일 크기(${formats.bytes(facts.size)})가 서버에서 허용하는 ${KINDS[facts.category]} 크기를 넘습니다.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `파일 크기(${size})가 ${LIMIT[facts.layer ?? 'app']} ${KINDS[facts.category]} 한도(${limit})를 넘습니다.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}가 Dify 서버에서 한 번에 업로드할 수 있는 크기를 넘습니다.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}가 Dify로 가는 경로에 있는 서버의 한도를 넘습니다. 서버 관리자가 한도를 늘릴 수 있습니다.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify에서 허용하지 않는 파일 형식입니다.' : `Dify에서 허용하지 않는 파일 형식입니다(${endingOf(name)}).`),
    too_many_files: () => 'Dify는 한 번에 파일 하나만 받는데 여러 개가 전송되었습니다.',
    filename_not_exists_error: () => '이 파일의 이름이 Dify에 전달되지 않았습니다. 이름을 바꾼 뒤 다시 선택하세요.',
    invalid_param: () => 'Dify에서 이 파일을 받지 않았습니다. 이름에 Dify에서 허용하지 않는 문자가 있을 수 있습니다.',
    bad_request_key_error: () => '파일이 Dify에 온전히 도착하지 않았습니다. 다시 시도하세요.',
    no_file_uploaded: () => '파일이 Dify에 도착하지 않았습니다. 다시 시도하세요.',
    upload_incomplete: ({ facts }, _, formats) => `${formats.bytes(facts.expected)} 중 ${formats.bytes(facts.stored)}만 Dify에 도착했습니다. 다시 시도하세요.`,
    unauthorized: () => '로그아웃된 상태입니다. 로그인한 뒤 다시 시도하세요.',
    session_required: () => '세션이 만료되었습니다. 다시 시도하세요.',
    forbidden_origin: () => '서버가 이 페이지의 업로드를 허용하지 않습니다. 서버 관리자가 허용해야 합니다.',
    not_found: () => '이 주소에는 업로드 서비스가 없습니다. 페이지 관리자가 수정해야 합니다.',
    method_not_allowed: () => '이 주소의 업로드 서비스가 파일을 받지 않습니다. 페이지 관리자가 수정해야 합니다.',
    invalid_user: () => '서버가 사용자를 확인할 수 없습니다. 서버 관리자가 수정해야 합니다.',
    too_many_requests: () => '서버에 한꺼번에 너무 많은 업로드가 몰렸습니다. 잠시 후 다시 시도하세요.',
    rate_limit_error: () => '이 앱의 업로드 한도를 당분간 모두 사용했습니다. 나중에 다시 시도하거나 관리자에게 문의하세요.',
    gateway_timeout: () => '서버 응답이 너무 오래 걸렸습니다. 다시 시도하세요.',
    upstream_unavailable: () => '지금은 Dify에 연결할 수 없습니다. 다시 시도하세요.',
    unknown: () => 'Dify에 문제가 발생했습니다. 다시 시도하세요.',
    internal_server_error: () => '서버에 문제가 발생했습니다. 다시 시도하세요.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return '연결이 끊겨 있습니다. 연결되면 업로드가 계속됩니다.'
        case 'stalled': return '한동안 진행이 없어 업로드를 중단했습니다. 다시 시도하세요.'
        case 'no_answer': return '모두 보냈지만 응답이 오지 않았습니다. 다시 시도하세요.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return '연결이 끊어졌습니다. 다시 시도하세요.'
          return size === null ? '연결이 끊어졌습니다. 경로상의 크기 제한이 원인일 수 있습니다.' : `연결이 끊어졌습니다. 파일 크기(${formats.bytes(size)})가 경로상의 제한을 넘었을 수 있습니다.`
      }
    },
    upstream_unauthorized: () => '서버의 Dify 키가 유효하지 않습니다. 서버 관리자가 수정해야 합니다.',
    upstream_forbidden: () => 'Dify가 이 서버의 파일 업로드를 허용하지 않습니다. 서버 관리자가 수정해야 합니다.',
    upstream_not_found: () => 'Dify의 업로드 서비스를 찾을 수 없습니다. 서버 관리자가 주소를 수정해야 합니다.',
    upstream_redirect: () => 'Dify 주소가 다른 곳으로 연결됩니다. 서버 관리자가 수정해야 합니다.',
    upstream_not_dify: () => 'Dify에서 온 응답이 아닙니다. 서버 관리자가 주소를 확인해야 합니다.',
    other: ({ serverCode, retryable }) => (retryable ? `서버가 이 파일을 거부했습니다(${serverCode}). 다시 시도하세요.` : `서버가 이 파일을 거부했습니다(${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `이름 변경됨, 이전 이름: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `크기 줄임: ${formats.bytes(from)} → ${formats.bytes(to)}` : `변환됨: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => '이미 목록에 있음',
    'content-differs': ({ extension }) => (extension === null ? '내용이 이름과 맞지 않음' : `내용이 ${extension.toUpperCase()} 형식으로 보임`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} 추가됨.` : `${files(count, formats)} 추가됨.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} 첨부됨.` : `${files(count, formats)} 첨부됨.`),
    half: (name) => `${quoted(name)} 절반 전송됨.`,
    removed: (name) => `${quoted(name)} 삭제됨.`,
    moved: (name, place, of, formats) => `${quoted(name)} 이동됨: ${formats.number(of)}개 중 ${formats.number(place)}번째.`,
    renamed: (name, newName) => `${quoted(name)} 이름 변경됨: ${quoted(newName)}.`,
    original: (name) => `대신 원본을 보냅니다: ${quoted(name)}.`,
    offline: '연결이 끊겼습니다. 업로드는 연결을 기다립니다.',
    online: '다시 연결되었습니다.',
    drop: '놓아서 첨부하세요.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `그 외 ${formats.number(count)}개에도 문제가 있습니다.`,
  },
  draft: {
    elsewhere: '이 초안은 다른 탭에서 보관하고 있습니다. 여기에 추가한 파일은 페이지를 닫으면 사라집니다.',
    unavailable: '이 브라우저는 초안을 보관하지 않습니다. 보내지 않은 파일은 페이지를 닫으면 사라집니다.',
    notKept: (names, count, formats) => (count === 1 ? `공간이 부족해 보관할 수 없는 파일: ${quoted(names[0] ?? '')}. 페이지를 닫으면 다시 선택해야 합니다.` : `공간이 부족해 ${files(count, formats)}를 보관할 수 없습니다. 페이지를 닫으면 다시 선택해야 합니다.`),
    expired: (count, formats) => `이 초안의 ${files(count, formats)}가 보관 기간이 지나 삭제되었습니다.`,
  },
  send: {
    preparing: '파일 준비 중…',
    uploading: '파일 업로드를 기다리는 중…',
    waiting: '업로드 재시도를 기다리는 중…',
    offline: '연결을 기다리는 중…',
    failed: '실패한 파일이 있습니다. 다시 시도하거나 삭제하거나 그 파일 없이 보내세요.',
    not_started: '파일이 아직 업로드되지 않았습니다.',
    required: '먼저 파일을 첨부하세요.',
    too_many: '메시지 하나에 첨부할 수 있는 파일 수를 넘었습니다. 일부를 제거하세요.',
    sending: '보내는 중…',
    sendFailed: '메시지를 보내지 못했습니다. 내용은 그대로 남아 있습니다. 다시 시도하세요.',
  },
}

const KINDS: KindWords = { image: '이미지', document: '문서', audio: '오디오', video: '동영상', custom: '기타 파일' }
const WHO: Record<Layer, string> = { host: '이 페이지', operator: '이 서버', app: '이 앱', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: '이 페이지의', operator: '이 서버의', app: '이 앱의', default: 'Dify 기본' }

function files(count: number, formats: Formats): string {
  return `파일 ${formats.number(count)}개`
}

function images(count: number, formats: Formats): string {
  return `이미지 ${formats.number(count)}개`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? '파일 크기' : `파일 크기(${formats.bytes(size)})`
}

function quoted(name: string): string {
  return `‘${name}’`
}
