import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Japanese. */
export const ja: Messages = {
  language: 'ja',

  trigger: 'ファイルを添付',
  input: 'ファイル',
  list: '添付ファイル',
  zone: 'ファイルを追加',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'またはここにドロップか貼り付け' : drop ? 'またはここにドロップ' : paste ? 'またはここに貼り付け' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'このアプリではファイルを使用できません。'
    const count = accepted.maxFiles === null ? '' : `、最大 ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `ほか ${formats.number(more)} 件`)
    if (isExtensionsOnly(accepted)) return `${extensions}（${formats.bytes(largestOf(accepted))} まで）${count}。`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words}（${formats.bytes(bytes)} まで）`
    })
    const also = extensions === '' ? '' : `、および ${extensions}`
    return `${sizes.join('、')}${also}${count}。`
  },
  ignored: '画像が読み取られないことがあります。このアプリの画像アップロードは古い方法で設定されており、Dify では無視されます。',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'すべての種類のファイル' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: 'ドロップして添付', refuse: 'ここには添付できません' },

  uploading: (name) => `${quoted(name)}をアップロード中`,
  remove: (name) => `${quoted(name)}を削除`,
  retry: (name) => `${quoted(name)}を再試行`,
  retryShort: '再試行',
  choose: (name) => `ファイルを選び直す：${quoted(name)}`,
  chooseShort: 'ファイルを選び直す',
  rename: (name) => `${quoted(name)}の名前を変更`,
  renameShort: '名前を変更',
  newName: (name) => `${quoted(name)}の新しい名前`,
  fixes: {
    removeCopy: 'コピーを削除',
    removeCopyOf: (name) => `コピーを削除：${quoted(name)}`,
    renameTo: (newName) => `${quoted(newName)}に名前を変更`,
    renameFromTo: (name, newName) => `${quoted(newName)}に名前を変更（現在は${quoted(name)}）`,
    useOriginal: '元のファイルを使う',
    useOriginalOf: (name) => `元のファイルを使う：${quoted(name)}`,
  },
  link: {
    open: 'リンクを追加',
    address: 'ファイルの URL',
    add: '追加',
    cancel: 'キャンセル',
    invalid: 'これは URL ではありません。URL は https:// で始まります。',
  },
  preview: (name) => `${quoted(name)}をプレビュー`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} / ${formats.number(of)}`,
    previous: '前のファイル',
    next: '次のファイル',
    close: '閉じる',
    nothing: 'このブラウザーではこのファイルを表示できませんが、添付はされています。',
    cut: (bytes, formats) => `先頭の ${formats.bytes(bytes)} だけを表示しています。`,
  },
  moreWays: 'その他の添付方法',
  ways: { device: 'ファイルを選択', camera: '写真を撮る', folder: 'フォルダーを選択', link: 'リンクを追加' },
  move: (name) => `${quoted(name)}を移動`,
  moveTo: { start: '先頭へ', earlier: '前へ', later: '後ろへ', end: '末尾へ' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return '準備中…'
      case 'queued': return '順番待ち'
      case 'not_started': return '未送信'
      case 'uploading':
        if (facts.percent === null) return 'アップロード中…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}、残り ${formats.duration(facts.left)}`
      case 'finishing': return 'まもなく完了…'
      case 'stalled': return '進んでいません…'
      case 'waiting': return `${formats.duration(facts.wait)}後に再試行`
      case 'offline': return '接続を待っています'
      case 'uploaded': return '添付済み'
      case 'link': return 'リンク'
    }
  },
  sizeOfRest: (count, formats) => `ほか ${formats.number(count - 1)} 件`,

  errors: {
    empty_file: () => 'このファイルは空です（0 バイト）。中身のあるファイルを選んでください。',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? ` .${facts.extension} ファイル` : `拡張子のない${facts.kind === 'custom' ? 'ファイル' : KINDS[facts.kind]}`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]}では${what}を使用できません。` : `${WHO[facts.layer]}では${what}を使用できません。使用できるのは${formats.list(allowed)}だけです。`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `追加されませんでした。${WHO[facts.layer]}ではメッセージに画像を付けられません。` : `追加されませんでした。${WHO[facts.layer]}ではメッセージにファイルを付けられません。`
      const rule = `${WHO[facts.layer]}で 1 件のメッセージに付けられるのは ${counted(facts.limit, formats)}までです。`
      if (facts.count === 1) return `追加されませんでした。${rule}1 つ削除して空きを作ってください。`
      const names = namesOf(facts, formats, (more) => `ほか ${formats.number(more)} 件`, quoted)
      return `${counted(facts.count, formats)}が追加されませんでした（${names}）。${rule}いくつか削除して空きを作ってください。`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'これは URL ではありません。URL は https:// で始まります。' : 'このファイルには名前がありません。名前を付けて選び直してください。'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'このフォルダーにはファイルがありません。'
        case 'too_many_files':
          return facts.limit === null
            ? 'このフォルダーにはファイルが多すぎるため、最初の一部だけが追加されました。'
            : `このフォルダーにはファイルが ${formats.number(facts.limit)} 件より多くあります。最初の ${formats.number(facts.limit)} 件だけが追加されました。`
        case 'not_accepted': return 'ここにはフォルダーを添付できません。フォルダーを開いて、中のファイルを選んでください。'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]}ではファイルを使用できません。`
        case 'local_files': return `${WHO[facts.layer]}で使用できるのはリンクだけです。端末のファイルは使用できません。`
        case 'links': return `${WHO[facts.layer]}ではリンクを使用できません。使用できるのは端末のファイルだけです。`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'このページではこのファイルを使用できません。',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `拡張子は .${facts.extension} ですが、中身が異なります。ファイルを確認してください。`
        : `拡張子は .${facts.extension} ですが、中身は ${facts.found.toUpperCase()} です。それで正しければ、拡張子を .${facts.found} に変更してください。`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'このファイルは選択後に変更されました。選び直してください。'
        case 'missing': return 'このファイルが見つかりません。移動、名前の変更、または削除された可能性があります。選び直してください。'
        case 'not_readable': return 'このファイルを読み取れません。選択後に変更されたか、ロックされているか、まだこの端末にダウンロードされていない可能性があります。選び直してください。'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} は、サーバーが受け付ける${KINDS[facts.category]}のサイズを超えています。`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} は、${LIMIT[facts.layer ?? 'app']}の${KINDS[facts.category]}の上限 ${limit} を超えています。`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}は、Dify サーバーが 1 回のアップロードで受け付けるサイズを超えています。`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}は、Dify までの経路にあるサーバーの上限を超えています。この上限はサーバーの管理者が引き上げられます。`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify はこの種類のファイルを受け付けません。' : `Dify はこの種類のファイル（${endingOf(name)}）を受け付けません。`),
    too_many_files: () => 'Dify が 1 回のアップロードで受け付けるファイルは 1 つですが、複数送信されました。',
    filename_not_exists_error: () => 'このファイルの名前が Dify に届きませんでした。名前を付け直して、もう一度選んでください。',
    invalid_param: () => 'このファイルは Dify に受け付けられませんでした。Dify で使用できない文字が名前に含まれている可能性があります。',
    bad_request_key_error: () => 'ファイルの一部が Dify に届きませんでした。もう一度お試しください。',
    no_file_uploaded: () => 'ファイルが Dify に届きませんでした。もう一度お試しください。',
    upload_incomplete: ({ facts }, _, formats) => `${formats.bytes(facts.expected)} のうち ${formats.bytes(facts.stored)} しか Dify に届きませんでした。もう一度お試しください。`,
    unauthorized: () => 'サインアウトしています。サインインしてから、もう一度お試しください。',
    session_required: () => 'セッションが終了しました。もう一度お試しください。',
    forbidden_origin: () => 'サーバーはこのページからのアップロードを受け付けません。サーバーの管理者による許可が必要です。',
    not_found: () => 'このアドレスにはアップロードサービスがありません。ページの管理者による修正が必要です。',
    method_not_allowed: () => 'このアドレスのアップロードサービスはファイルを受け付けません。ページの管理者による修正が必要です。',
    invalid_user: () => 'サーバーがユーザーを確認できませんでした。サーバーの管理者による修正が必要です。',
    too_many_requests: () => 'サーバーへの同時アップロードが多すぎます。しばらくしてからもう一度お試しください。',
    rate_limit_error: () => 'このアプリのアップロードは一時的に上限に達しました。後でもう一度試すか、管理者にお問い合わせください。',
    gateway_timeout: () => 'サーバーの応答に時間がかかりすぎました。もう一度お試しください。',
    upstream_unavailable: () => '現在 Dify に接続できません。もう一度お試しください。',
    unknown: () => 'Dify で問題が発生しました。もう一度お試しください。',
    internal_server_error: () => 'サーバーで問題が発生しました。もう一度お試しください。',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return '接続がありません。接続が戻るとアップロードを続行します。'
        case 'stalled': return 'しばらく進まなかったため、アップロードを中止しました。もう一度お試しください。'
        case 'no_answer': return 'すべて送信しましたが、応答がありませんでした。もう一度お試しください。'
        case 'lost':
          if (!facts.mayBeSizeLimit) return '接続が切れました。もう一度お試しください。'
          return size === null ? '接続が切れました。途中のサイズ制限が原因の可能性があります。' : `接続が切れました。${formats.bytes(size)} のファイルでは、途中のサイズ制限が原因の可能性があります。`
      }
    },
    upstream_unauthorized: () => 'サーバーの Dify 用キーが無効です。サーバーの管理者による修正が必要です。',
    upstream_forbidden: () => 'Dify がこのサーバーのアップロードを許可していません。サーバーの管理者による修正が必要です。',
    upstream_not_found: () => 'Dify のアップロードサービスが見つかりません。サーバーの管理者によるアドレスの修正が必要です。',
    upstream_redirect: () => 'Dify のアドレスが別の場所につながっています。サーバーの管理者による修正が必要です。',
    upstream_not_dify: () => '応答が Dify からのものではありません。サーバーの管理者によるアドレスの確認が必要です。',
    other: ({ serverCode, retryable }) => (retryable ? `サーバーがこのファイルを拒否しました（${serverCode}）。もう一度お試しください。` : `サーバーがこのファイルを拒否しました（${serverCode}）。`),
  },
  notes: {
    renamed: ({ from }) => `${quoted(from)}から名前を変更`,
    converted: ({ from, to }, formats) => (to < from ? `縮小：${formats.bytes(from)} → ${formats.bytes(to)}` : `変換：${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'すでにリストにあります',
    'content-differs': ({ extension }) => (extension === null ? '中身が名前と一致しません' : `中身は ${extension.toUpperCase()} のようです`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')}を追加しました。` : `${files(count, formats)}を追加しました。`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')}を添付しました。` : `${files(count, formats)}を添付しました。`),
    half: (name) => `${quoted(name)}の半分を送信しました。`,
    removed: (name) => `${quoted(name)}を削除しました。`,
    moved: (name, place, of, formats) => `${quoted(name)}を ${formats.number(of)} 件中 ${formats.number(place)} 番目に移動しました。`,
    renamed: (name, newName) => `${quoted(name)}の名前を${quoted(newName)}に変更しました。`,
    original: (name) => `代わりに${quoted(name)}の元のファイルを送信します。`,
    offline: '接続がありません。アップロードは接続を待っています。',
    online: '接続が戻りました。',
    drop: 'ドロップして添付します。',
    failed: (name, sentence) => `${name}：${sentence}`,
    moreFailed: (count, formats) => `ほかに ${formats.number(count)} 件で問題が発生しています。`,
  },
  draft: {
    elsewhere: 'この下書きは別のタブで保存されています。ここで追加したファイルは、ページを閉じると失われます。',
    unavailable: 'このブラウザーでは下書きを保存できません。未送信のファイルは、ページを閉じると失われます。',
    notKept: (names, count, formats) => (count === 1 ? `空き容量がないため${quoted(names[0] ?? '')}を保存できません。ページを閉じた場合は選び直してください。` : `空き容量がないため ${files(count, formats)}を保存できません。ページを閉じた場合は選び直してください。`),
    expired: (count, formats) => `この下書きの ${files(count, formats)}は、保存期間が過ぎたため削除されました。`,
  },
  send: {
    preparing: 'ファイルを準備しています…',
    uploading: 'ファイルのアップロードを待っています…',
    waiting: 'アップロードの再試行を待っています…',
    offline: '接続を待っています…',
    failed: '失敗したファイルがあります。再試行するか、削除するか、そのファイルなしで送信してください。',
    not_started: 'ファイルはまだアップロードされていません。',
    required: '先にファイルを添付してください。',
    too_many: '1 つのメッセージに添付できるファイル数を超えています。いくつか削除してください。',
    sending: '送信中…',
    sendFailed: 'メッセージを送信できませんでした。内容は残っています。もう一度お試しください。',
  },
}

const KINDS: KindWords = { image: '画像', document: 'ドキュメント', audio: '音声', video: '動画', custom: 'その他のファイル' }
const WHO: Record<Layer, string> = { host: 'このページ', operator: 'このサーバー', app: 'このアプリ', default: 'Dify ' }
const LIMIT: Record<Layer, string> = { host: 'このページ', operator: 'このサーバー', app: 'このアプリ', default: 'Dify の標準設定' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} 件のファイル`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} 枚の画像`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'このファイル' : `${formats.bytes(size)} `
}

function quoted(name: string): string {
  return `「${name}」`
}
