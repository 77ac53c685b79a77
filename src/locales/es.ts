import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Spanish. */
export const es: Messages = {
  language: 'es',

  trigger: 'Adjuntar archivos',
  input: 'Archivos',
  list: 'Archivos adjuntos',
  zone: 'Añadir archivos',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'o suéltalos o pégalos aquí' : drop ? 'o suéltalos aquí' : paste ? 'o pégalos aquí' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Esta aplicación no admite archivos.'
    const count = accepted.maxFiles === null ? '' : `, ${files(accepted.maxFiles, formats)} como máximo`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} más`)
    if (isExtensionsOnly(accepted)) return `${extensions} de hasta ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} de hasta ${formats.bytes(bytes)}`
    })
    return `${capital(sizes.join(', '), 'es')}${extensions === '' ? '' : `, además de ${extensions}`}${count}.`
  },
  ignored: 'Puede que las imágenes no se vean: su subida está configurada en esta aplicación de una forma antigua que Dify ignora.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Archivos de cualquier tipo' : capital(formats.list(shortListOf(accepted, KINDS)), 'es')),
  overlay: { drop: 'Suelta para adjuntar', refuse: 'Esto no se puede adjuntar aquí' },

  uploading: (name) => `Subiendo ${quoted(name)}`,
  remove: (name) => `Quitar ${quoted(name)}`,
  retry: (name) => `Reintentar ${quoted(name)}`,
  retryShort: 'Reintentar',
  choose: (name) => `Elegir de nuevo el archivo: ${quoted(name)}`,
  chooseShort: 'Elegir de nuevo el archivo',
  rename: (name) => `Cambiar nombre de ${quoted(name)}`,
  renameShort: 'Cambiar nombre',
  newName: (name) => `Nombre nuevo para ${quoted(name)}`,
  fixes: {
    removeCopy: 'Quitar la copia',
    removeCopyOf: (name) => `Quitar la copia: ${quoted(name)}`,
    renameTo: (newName) => `Cambiar nombre a ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Cambiar nombre a ${quoted(newName)} (ahora ${quoted(name)})`,
    useOriginal: 'Usar el original',
    useOriginalOf: (name) => `Usar el original: ${quoted(name)}`,
  },
  link: {
    open: 'Añadir un enlace',
    address: 'Dirección web de un archivo',
    add: 'Añadir',
    cancel: 'Cancelar',
    invalid: 'Esto no es una dirección web. Las direcciones web empiezan por https://',
  },
  preview: (name) => `Vista previa de ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} de ${formats.number(of)}`,
    previous: 'Archivo anterior',
    next: 'Archivo siguiente',
    close: 'Cerrar',
    nothing: 'Este navegador no puede mostrar el archivo. Aun así, está adjuntado.',
    cut: (bytes, formats) => `Solo se muestra el principio: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Más formas de adjuntar',
  ways: { device: 'Elegir archivos', camera: 'Hacer una foto', folder: 'Elegir una carpeta', link: 'Añadir un enlace' },
  move: (name) => `Mover ${quoted(name)}`,
  moveTo: { start: 'Al principio', earlier: 'Hacia delante', later: 'Hacia atrás', end: 'Al final' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Preparando…'
      case 'queued': return 'Esperando su turno'
      case 'not_started': return 'Aún sin enviar'
      case 'uploading':
        if (facts.percent === null) return 'Subiendo…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, tiempo restante: ${formats.duration(facts.left)}`
      case 'finishing': return 'Terminando…'
      case 'stalled': return 'Sin avance por ahora…'
      case 'waiting': return `Nuevo intento en ${formats.duration(facts.wait)}`
      case 'offline': return 'Esperando la conexión'
      case 'uploaded': return 'Adjuntado'
      case 'link': return 'Enlace'
    }
  },
  sizeOfRest: (count, formats) => `y ${formats.number(count - 1)} más`,

  errors: {
    empty_file: () => 'Este archivo está vacío (0 bytes). Elige uno que tenga contenido.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `archivos .${facts.extension}` : `${facts.kind === 'custom' ? 'archivos' : KINDS[facts.kind]} sin extensión`
      const allowed = allowedBy(facts, KINDS)
      return `${WHO[facts.layer]} no admite ${what}${allowed.length === 0 ? '' : `, solo ${formats.list(allowed)}`}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `No se ha añadido. ${WHO[facts.layer]} no admite imágenes en un mensaje.` : `No se ha añadido. ${WHO[facts.layer]} no admite archivos en un mensaje.`
      const rule = `${WHO[facts.layer]} admite como máximo ${counted(facts.limit, formats)} por mensaje.`
      if (facts.count === 1) return `No se ha añadido. ${rule} Quita uno para hacer sitio.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} más`, quoted)
      return `Sin añadir: ${counted(facts.count, formats)} (${names}). ${rule} Quita algunos para hacer sitio.`
    },
    file_name_invalid: ({ facts }) =>
      facts.reason === 'not_a_link' ? 'Esto no es una dirección web. Las direcciones web empiezan por https://' : 'Este archivo no tiene nombre. Cámbiale el nombre y vuelve a elegirlo.',
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'No hay archivos en esta carpeta.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Esta carpeta contiene demasiados archivos; solo se han tomado los primeros.'
            : `Esta carpeta contiene más de ${files(facts.limit, formats)}; solo se han tomado los primeros (${formats.number(facts.limit)}).`
        case 'not_accepted': return 'Aquí no se pueden adjuntar carpetas. Ábrela y elige los archivos que contiene.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} no admite archivos.`
        case 'local_files': return `${WHO[facts.layer]} solo admite enlaces, no archivos de un dispositivo.`
        case 'links': return `${WHO[facts.layer]} no admite enlaces, solo archivos de un dispositivo.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Esta página no admite este archivo.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `El nombre dice .${facts.extension}, pero el contenido es otra cosa. Revisa el archivo.`
        : `El nombre dice .${facts.extension}, pero el contenido es ${facts.found.toUpperCase()}. Si es correcto, cambia la extensión a .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Este archivo ha cambiado después de elegirlo. Vuelve a elegirlo.'
        case 'missing': return 'Este archivo ya no está: se ha movido, renombrado o eliminado. Vuelve a elegirlo.'
        case 'not_readable': return 'No se puede leer este archivo. Puede que haya cambiado después de elegirlo, que esté bloqueado o que aún no se haya descargado en este dispositivo. Vuelve a elegirlo.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} es más de lo que el servidor admite para ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} supera el límite ${OF_WHOM[facts.layer ?? 'app']} para ${KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} es más de lo que el servidor de Dify admite en una subida.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} es más de lo que deja pasar un servidor en el camino hacia Dify. Quien lo administra puede aumentar ese límite.`,
    unsupported_file_type: (_, { name }) => `Dify no admite este tipo de archivo${endingOf(name) === '' ? '' : ` (${endingOf(name)})`}.`,
    too_many_files: () => 'Dify admite un archivo por subida y ha recibido varios.',
    filename_not_exists_error: () => 'Dify no ha recibido ningún nombre para este archivo. Cámbiale el nombre y vuelve a elegirlo.',
    invalid_param: () => 'Dify no ha aceptado este archivo tal como se envió. Puede que su nombre contenga un carácter que Dify no admite.',
    bad_request_key_error: () => 'El archivo no ha llegado completo a Dify. Inténtalo de nuevo.',
    no_file_uploaded: () => 'El archivo no ha llegado a Dify. Inténtalo de nuevo.',
    upload_incomplete: ({ facts }, _, formats) => `Solo han llegado a Dify ${formats.bytes(facts.stored)} de ${formats.bytes(facts.expected)}. Inténtalo de nuevo.`,
    unauthorized: () => 'Tu sesión está cerrada. Inicia sesión e inténtalo de nuevo.',
    session_required: () => 'Tu sesión ha caducado. Inténtalo de nuevo.',
    forbidden_origin: () => 'El servidor no admite subidas desde esta página. Quien lo administra tiene que permitirlas.',
    not_found: () => 'No hay ningún servicio de subida en esta dirección. Quien administra la página tiene que corregirla.',
    method_not_allowed: () => 'El servicio de subida de esta dirección no admite archivos. Quien administra la página tiene que corregirla.',
    invalid_user: () => 'El servidor no ha podido identificarte. Quien lo administra tiene que corregirlo.',
    too_many_requests: () => 'Demasiadas subidas a la vez para el servidor. Inténtalo de nuevo dentro de un momento.',
    rate_limit_error: () => 'Esta aplicación ha agotado sus subidas por ahora. Inténtalo más tarde o pregunta a quien la administra.',
    gateway_timeout: () => 'El servidor ha tardado demasiado en responder. Inténtalo de nuevo.',
    upstream_unavailable: () => 'Ahora mismo no se puede acceder a Dify. Inténtalo de nuevo.',
    unknown: () => 'Dify ha tenido un problema. Inténtalo de nuevo.',
    internal_server_error: () => 'El servidor ha tenido un problema. Inténtalo de nuevo.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'No hay conexión. La subida continuará cuando vuelva.'
        case 'stalled': return 'No ha habido avance durante un rato y la subida se ha cancelado. Inténtalo de nuevo.'
        case 'no_answer': return 'Se ha enviado todo, pero no ha llegado respuesta. Inténtalo de nuevo.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Se ha perdido la conexión. Inténtalo de nuevo.'
          return `Se ha perdido la conexión. ${size === null ? 'El' : `Con un archivo de ${formats.bytes(size)}, el`} motivo puede ser un límite de tamaño en el camino.`
      }
    },
    upstream_unauthorized: () => 'La clave del servidor para Dify no es válida. Quien lo administra tiene que corregirla.',
    upstream_forbidden: () => 'Dify no permite que este servidor suba archivos. Quien lo administra tiene que corregirlo.',
    upstream_not_found: () => 'No se ha encontrado el servicio de subida de Dify. Quien administra el servidor tiene que corregir su dirección.',
    upstream_redirect: () => 'La dirección de Dify lleva a otro sitio. Quien administra el servidor tiene que corregirla.',
    upstream_not_dify: () => 'La respuesta no venía de Dify. Quien administra el servidor tiene que comprobar su dirección.',
    other: ({ serverCode, retryable }) => `El servidor ha rechazado este archivo (${serverCode}).${retryable ? ' Inténtalo de nuevo.' : ''}`,
  },
  notes: {
    renamed: ({ from }) => `Renombrado, antes ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Reducido: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Convertido: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Ya está en la lista',
    'content-differs': ({ extension }) => (extension === null ? 'El contenido no coincide con el nombre' : `El contenido parece ser ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} añadido.` : `${files(count, formats)} añadidos.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} adjuntado.` : `${files(count, formats)} adjuntados.`),
    half: (name) => `Se ha enviado la mitad de ${quoted(name)}.`,
    removed: (name) => `${quoted(name)} quitado.`,
    moved: (name, place, of, formats) => `${quoted(name)} está ahora en la posición ${formats.number(place)} de ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} se llama ahora ${quoted(newName)}.`,
    original: (name) => `Se enviará en su lugar el original de ${quoted(name)}.`,
    offline: 'Sin conexión. Las subidas esperan a que vuelva.',
    online: 'La conexión ha vuelto.',
    drop: 'Suelta para adjuntar.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `Y ${formats.number(count)} más con problemas.`,
  },
  draft: {
    elsewhere: 'Otra pestaña guarda este borrador. Los archivos que añadas aquí se perderán al cerrar la página.',
    unavailable: 'Este navegador no guarda borradores. Los archivos sin enviar se perderán al cerrar la página.',
    notKept: (names, count, formats) => (count === 1 ? `No hay espacio para guardar ${quoted(names[0] ?? '')}. Si la página se cierra, vuelve a elegirlo.` : `No hay espacio para guardar ${files(count, formats)}. Si la página se cierra, vuelve a elegirlos.`),
    expired: (count, formats) => `Perdido por llevar demasiado tiempo en este borrador: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Preparando los archivos…',
    uploading: 'Esperando a que se suban los archivos…',
    waiting: 'Esperando para volver a intentar una subida…',
    offline: 'Esperando la conexión…',
    failed: 'Ha fallado un archivo. Reinténtalo, quítalo o envía sin él.',
    not_started: 'Los archivos aún no se han subido.',
    required: 'Adjunta primero un archivo.',
    too_many: 'Hay demasiados archivos para un mensaje. Quite algunos.',
    sending: 'Enviando…',
    sendFailed: 'El mensaje no se ha enviado. No se ha perdido nada: inténtalo de nuevo.',
  },
}

const KINDS: KindWords = { image: 'imágenes', document: 'documentos', audio: 'audios', video: 'vídeos', custom: 'otros archivos' }
const WHO: Record<Layer, string> = { host: 'Esta página', operator: 'Este servidor', app: 'Esta aplicación', default: 'Dify' }
const OF_WHOM: Record<Layer, string> = { host: 'de esta página', operator: 'de este servidor', app: 'de esta aplicación', default: 'habitual de Dify' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'archivo', many: 'de archivos', other: 'archivos' })}`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'imagen', many: 'de imágenes', other: 'imágenes' })}`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'El tamaño de este archivo' : formats.bytes(size)
}

function quoted(name: string): string {
  return `«${name}»`
}
