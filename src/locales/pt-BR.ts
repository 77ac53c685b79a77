import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Brazilian Portuguese. */
export const ptBR: Messages = {
  language: 'pt-BR',

  trigger: 'Anexar arquivos',
  input: 'Arquivos',
  list: 'Anexos',
  zone: 'Adicionar arquivos',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'ou solte ou cole aqui' : drop ? 'ou solte aqui' : paste ? 'ou cole aqui' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Este app não aceita arquivos.'
    const count = accepted.maxFiles === null ? '' : `, no máximo ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `mais ${formats.number(more)}`)
    if (isExtensionsOnly(accepted)) return `${extensions} de até ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} de até ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, além de ${extensions}`
    return `${capital(sizes.join(', '), 'pt-BR')}${also}${count}.`
  },
  ignored: 'As imagens podem não ser vistas: o envio de imagens deste app está configurado de um jeito antigo, que o Dify ignora.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Arquivos de qualquer tipo' : capital(formats.list(shortListOf(accepted, KINDS)), 'pt-BR')),
  overlay: { drop: 'Solte para anexar', refuse: 'Não é possível anexar isso aqui' },

  uploading: (name) => `Enviando ${quoted(name)}`,
  remove: (name) => `Remover ${quoted(name)}`,
  retry: (name) => `Tentar novamente: ${quoted(name)}`,
  retryShort: 'Tentar novamente',
  choose: (name) => `Escolher o arquivo de novo: ${quoted(name)}`,
  chooseShort: 'Escolher o arquivo de novo',
  rename: (name) => `Renomear ${quoted(name)}`,
  renameShort: 'Renomear',
  newName: (name) => `Novo nome para ${quoted(name)}`,
  fixes: {
    removeCopy: 'Remover a cópia',
    removeCopyOf: (name) => `Remover a cópia: ${quoted(name)}`,
    renameTo: (newName) => `Renomear para ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Renomear para ${quoted(newName)} (agora ${quoted(name)})`,
    useOriginal: 'Usar o original',
    useOriginalOf: (name) => `Usar o original: ${quoted(name)}`,
  },
  link: {
    open: 'Adicionar um link',
    address: 'Endereço web de um arquivo',
    add: 'Adicionar',
    cancel: 'Cancelar',
    invalid: 'Isto não é um endereço web. Um endereço web começa com https://',
  },
  preview: (name) => `Visualizar ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} de ${formats.number(of)}`,
    previous: 'Arquivo anterior',
    next: 'Próximo arquivo',
    close: 'Fechar',
    nothing: 'Este navegador não consegue mostrar o arquivo. Mesmo assim, ele está anexado.',
    cut: (bytes, formats) => `Mostrando apenas o início: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Mais formas de anexar',
  ways: { device: 'Escolher arquivos', camera: 'Tirar uma foto', folder: 'Escolher uma pasta', link: 'Adicionar um link' },
  move: (name) => `Mover ${quoted(name)}`,
  moveTo: { start: 'Para o início', earlier: 'Para antes', later: 'Para depois', end: 'Para o fim' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Preparando…'
      case 'queued': return 'Na fila'
      case 'not_started': return 'Ainda não enviado'
      case 'uploading':
        if (facts.percent === null) return 'Enviando…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, tempo restante: ${formats.duration(facts.left)}`
      case 'finishing': return 'Finalizando…'
      case 'stalled': return 'Parado por enquanto…'
      case 'waiting': return `Nova tentativa em ${formats.duration(facts.wait)}`
      case 'offline': return 'Aguardando a conexão'
      case 'uploaded': return 'Anexado'
      case 'link': return 'Link'
    }
  },
  sizeOfRest: (count, formats) => `e mais ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'Este arquivo está vazio (0 byte). Escolha um que tenha conteúdo.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `arquivos .${facts.extension}` : `${facts.kind === 'custom' ? 'arquivos' : KINDS[facts.kind]} sem extensão`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} não aceita ${what}.` : `${WHO[facts.layer]} não aceita ${what}, apenas ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Não adicionada. ${WHO[facts.layer]} não aceita imagens nas mensagens.` : `Não adicionado. ${WHO[facts.layer]} não aceita arquivos nas mensagens.`
      const rule = `${WHO[facts.layer]} aceita no máximo ${counted(facts.limit, formats)} por mensagem.`
      if (facts.count === 1) return `Não adicionado. ${rule} Remova algum item para abrir espaço.`
      const names = namesOf(facts, formats, (more) => `mais ${formats.number(more)}`, quoted)
      return `Não foi possível adicionar ${counted(facts.count, formats)}: ${names}. ${rule} Remova alguns itens para abrir espaço.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Isto não é um endereço web. Um endereço web começa com https://' : 'Este arquivo não tem nome. Renomeie-o e escolha-o de novo.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'Não há arquivos nesta pasta.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Esta pasta tem arquivos demais; só os primeiros foram adicionados.'
            : `Esta pasta tem mais de ${files(facts.limit, formats)}; só os primeiros (${formats.number(facts.limit)}) foram adicionados.`
        case 'not_accepted': return 'Não é possível anexar pastas aqui. Abra a pasta e escolha os arquivos dentro dela.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} não aceita arquivos.`
        case 'local_files': return `${WHO[facts.layer]} aceita apenas links, não arquivos de um dispositivo.`
        case 'links': return `${WHO[facts.layer]} não aceita links, apenas arquivos de um dispositivo.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Esta página não aceita este arquivo.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `O nome diz .${facts.extension}, mas o conteúdo é outro. Verifique o arquivo.`
        : `O nome diz .${facts.extension}, mas o conteúdo é ${facts.found.toUpperCase()}. Se estiver certo, mude a extensão para .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Este arquivo foi alterado depois de escolhido. Escolha-o de novo.'
        case 'missing': return 'Este arquivo não está mais lá: foi movido, renomeado ou excluído. Escolha-o de novo.'
        case 'not_readable': return 'Não é possível ler este arquivo. Ele pode ter sido alterado depois de escolhido, estar bloqueado ou ainda não ter sido baixado neste dispositivo. Escolha-o de novo.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} é mais do que o servidor aceita para ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} ultrapassa o ${LIMIT[facts.layer ?? 'app']} para ${KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} ultrapassa o que o servidor do Dify aceita em um único envio.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} ultrapassa o que um servidor no caminho até o Dify deixa passar. Quem o administra pode aumentar esse limite.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'O Dify não aceita este tipo de arquivo.' : `O Dify não aceita este tipo de arquivo (${endingOf(name)}).`),
    too_many_files: () => 'O Dify aceita um arquivo por envio e recebeu mais de um.',
    filename_not_exists_error: () => 'O Dify não recebeu um nome para este arquivo. Renomeie-o e escolha-o de novo.',
    invalid_param: () => 'O Dify não aceitou este arquivo como foi enviado. O nome pode conter um caractere que o Dify não aceita.',
    bad_request_key_error: () => 'O arquivo não chegou inteiro ao Dify. Tente novamente.',
    no_file_uploaded: () => 'O arquivo não chegou ao Dify. Tente novamente.',
    upload_incomplete: ({ facts }, _, formats) => `Só ${formats.bytes(facts.stored)} de ${formats.bytes(facts.expected)} chegaram ao Dify. Tente novamente.`,
    unauthorized: () => 'Você não está mais na sua conta. Entre e tente novamente.',
    session_required: () => 'Sua sessão terminou. Tente novamente.',
    forbidden_origin: () => 'O servidor não aceita envios desta página. Quem o administra precisa permitir.',
    not_found: () => 'Não há serviço de envio neste endereço. Quem administra a página precisa corrigi-lo.',
    method_not_allowed: () => 'O serviço de envio neste endereço não aceita arquivos. Quem administra a página precisa corrigi-lo.',
    invalid_user: () => 'O servidor não conseguiu identificar você. Quem o administra precisa corrigir isso.',
    too_many_requests: () => 'Envios demais ao mesmo tempo para o servidor. Tente novamente daqui a pouco.',
    rate_limit_error: () => 'Este app já usou todos os seus envios por enquanto. Tente mais tarde ou fale com quem o administra.',
    gateway_timeout: () => 'O servidor demorou demais para responder. Tente novamente.',
    upstream_unavailable: () => 'Não é possível acessar o Dify agora. Tente novamente.',
    unknown: () => 'O Dify teve um problema. Tente novamente.',
    internal_server_error: () => 'O servidor teve um problema. Tente novamente.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Sem conexão. O envio continua quando ela voltar.'
        case 'stalled': return 'Nada avançou por um tempo, então o envio foi cancelado. Tente novamente.'
        case 'no_answer': return 'Tudo foi enviado, mas nenhuma resposta chegou. Tente novamente.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'A conexão caiu. Tente novamente.'
          return size === null ? 'A conexão caiu. O motivo pode ser um limite de tamanho no caminho.' : `A conexão caiu. Para um arquivo de ${formats.bytes(size)}, o motivo pode ser um limite de tamanho no caminho.`
      }
    },
    upstream_unauthorized: () => 'A chave do servidor para o Dify não é válida. Quem administra o servidor precisa corrigi-la.',
    upstream_forbidden: () => 'O Dify não permite que este servidor envie arquivos. Quem administra o servidor precisa corrigir isso.',
    upstream_not_found: () => 'O serviço de envio do Dify não foi encontrado. Quem administra o servidor precisa corrigir o endereço.',
    upstream_redirect: () => 'O endereço do Dify leva a outro lugar. Quem administra o servidor precisa corrigi-lo.',
    upstream_not_dify: () => 'A resposta não veio do Dify. Quem administra o servidor precisa verificar o endereço.',
    other: ({ serverCode, retryable }) => (retryable ? `O servidor recusou este arquivo (${serverCode}). Tente novamente.` : `O servidor recusou este arquivo (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Renomeado, antes ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Reduzido: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Convertido: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Já está na lista',
    'content-differs': ({ extension }) => (extension === null ? 'O conteúdo não corresponde ao nome' : `O conteúdo parece ser ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} adicionado.` : `Adicionado: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} anexado.` : `${files(count, formats)} anexados.`),
    half: (name) => `Metade de ${quoted(name)} foi enviada.`,
    removed: (name) => `${quoted(name)} removido.`,
    moved: (name, place, of, formats) => `${quoted(name)} está agora na posição ${formats.number(place)} de ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} renomeado para ${quoted(newName)}.`,
    original: (name) => `O original de ${quoted(name)} será enviado no lugar.`,
    offline: 'Sem conexão. Os envios aguardam por ela.',
    online: 'A conexão voltou.',
    drop: 'Solte para anexar.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `E mais ${formats.number(count)} com problema.`,
  },
  draft: {
    elsewhere: 'Outra aba guarda este rascunho. Os arquivos adicionados aqui se perdem quando a página for fechada.',
    unavailable: 'Este navegador não guarda rascunhos. Os arquivos não enviados se perdem quando a página for fechada.',
    notKept: (names, count, formats) => (count === 1 ? `Não há espaço para guardar ${quoted(names[0] ?? '')}. Se a página for fechada, escolha-o de novo.` : `Não há espaço para guardar ${files(count, formats)}. Se a página for fechada, escolha-os de novo.`),
    expired: (count, formats) => `Guardado por tempo demais neste rascunho e excluído: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Preparando os arquivos…',
    uploading: 'Aguardando o envio dos arquivos…',
    waiting: 'Aguardando para tentar um envio de novo…',
    offline: 'Aguardando a conexão…',
    failed: 'Um arquivo falhou. Tente novamente, remova-o ou envie sem ele.',
    not_started: 'Os arquivos ainda não foram enviados.',
    required: 'Anexe um arquivo primeiro.',
    too_many: 'Há arquivos demais para uma mensagem. Remova alguns.',
    sending: 'Enviando a mensagem…',
    sendFailed: 'A mensagem não foi enviada. Nada se perdeu: tente novamente.',
  },
}

const KINDS: KindWords = { image: 'imagens', document: 'documentos', audio: 'áudios', video: 'vídeos', custom: 'outros arquivos' }
const WHO: Record<Layer, string> = { host: 'Esta página', operator: 'Este servidor', app: 'Este app', default: 'O Dify' }
const LIMIT: Record<Layer, string> = { host: 'limite desta página', operator: 'limite deste servidor', app: 'limite deste app', default: 'limite padrão do Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} arquivo`, many: `${n} de arquivos`, other: `${n} arquivos` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} imagem`, many: `${n} de imagens`, other: `${n} imagens` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Este arquivo' : formats.bytes(size)
}

function quoted(name: string): string {
  return `“${name}”`
}
