import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Thai. Sentences are set apart by spaces, not full stops. */
export const th: Messages = {
  language: 'th',

  trigger: 'แนบไฟล์',
  input: 'ไฟล์',
  list: 'ไฟล์แนบ',
  zone: 'เพิ่มไฟล์',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'หรือลากมาวางหรือวางจากคลิปบอร์ดที่นี่' : drop ? 'หรือลากมาวางที่นี่' : paste ? 'หรือวางจากคลิปบอร์ดที่นี่' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'แอปนี้ไม่รับไฟล์'
    const count = accepted.maxFiles === null ? '' : `, สูงสุด ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `อีก ${formats.number(more)} รายการ`)
    if (isExtensionsOnly(accepted)) return `${extensions} ไม่เกิน ${formats.bytes(largestOf(accepted))}${count}`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} ไม่เกิน ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, รวมถึง ${extensions}`
    return `${sizes.join(', ')}${also}${count}`
  },
  ignored: 'รูปภาพอาจไม่ถูกอ่าน เพราะการอัปโหลดรูปภาพของแอปนี้ตั้งค่าด้วยวิธีเก่าที่ Dify ไม่สนใจ',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'ไฟล์ทุกประเภท' : formats.list(shortListOf(accepted, KINDS))),
  overlay: { drop: 'วางเพื่อแนบ', refuse: 'แนบสิ่งนี้ที่นี่ไม่ได้' },

  uploading: (name) => `กำลังอัปโหลด ${quoted(name)}`,
  remove: (name) => `นำ ${quoted(name)} ออก`,
  retry: (name) => `ลองอีกครั้ง ${quoted(name)}`,
  retryShort: 'ลองอีกครั้ง',
  choose: (name) => `เลือกไฟล์อีกครั้ง: ${quoted(name)}`,
  chooseShort: 'เลือกไฟล์อีกครั้ง',
  rename: (name) => `เปลี่ยนชื่อ ${quoted(name)}`,
  renameShort: 'เปลี่ยนชื่อ',
  newName: (name) => `ชื่อใหม่ของ ${quoted(name)}`,
  fixes: {
    removeCopy: 'นำสำเนาออก',
    removeCopyOf: (name) => `นำสำเนาออก: ${quoted(name)}`,
    renameTo: (newName) => `เปลี่ยนชื่อเป็น ${quoted(newName)}`,
    renameFromTo: (name, newName) => `เปลี่ยนชื่อเป็น ${quoted(newName)} (ตอนนี้คือ ${quoted(name)})`,
    useOriginal: 'ใช้ไฟล์ต้นฉบับ',
    useOriginalOf: (name) => `ใช้ไฟล์ต้นฉบับ: ${quoted(name)}`,
  },
  link: {
    open: 'เพิ่มลิงก์',
    address: 'ที่อยู่เว็บของไฟล์',
    add: 'เพิ่ม',
    cancel: 'ยกเลิก',
    invalid: 'นี่ไม่ใช่ที่อยู่เว็บ ที่อยู่เว็บขึ้นต้นด้วย https://',
  },
  preview: (name) => `แสดงตัวอย่าง ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} จาก ${formats.number(of)}`,
    previous: 'ไฟล์ก่อนหน้า',
    next: 'ไฟล์ถัดไป',
    close: 'ปิด',
    nothing: 'เบราว์เซอร์นี้แสดงไฟล์นี้ไม่ได้ แต่ไฟล์ยังแนบอยู่',
    cut: (bytes, formats) => `แสดงเฉพาะ ${formats.bytes(bytes)} แรกเท่านั้น`,
  },
  moreWays: 'วิธีแนบอื่นๆ',
  ways: { device: 'เลือกไฟล์', camera: 'ถ่ายภาพ', folder: 'เลือกโฟลเดอร์', link: 'เพิ่มลิงก์' },
  move: (name) => `ย้าย ${quoted(name)}`,
  moveTo: { start: 'ไปที่ต้นรายการ', earlier: 'เลื่อนไปก่อนหน้า', later: 'เลื่อนไปถัดไป', end: 'ไปที่ท้ายรายการ' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'กำลังเตรียม…'
      case 'queued': return 'รอคิว'
      case 'not_started': return 'ยังไม่ได้ส่ง'
      case 'uploading':
        if (facts.percent === null) return 'กำลังอัปโหลด…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)} เหลืออีก ${formats.duration(facts.left)}`
      case 'finishing': return 'กำลังเสร็จสิ้น…'
      case 'stalled': return 'ยังไม่มีความคืบหน้า…'
      case 'waiting': return `จะลองอีกครั้งใน ${formats.duration(facts.wait)}`
      case 'offline': return 'รอการเชื่อมต่อ'
      case 'uploaded': return 'แนบแล้ว'
      case 'link': return 'ลิงก์'
    }
  },
  sizeOfRest: (count, formats) => `และอีก ${formats.number(count - 1)} ไฟล์`,

  errors: {
    empty_file: () => 'ไฟล์นี้ว่างเปล่า (0 ไบต์) โปรดเลือกไฟล์ที่มีเนื้อหา',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `ไฟล์ .${facts.extension}` : `${facts.kind === 'custom' ? 'ไฟล์' : KINDS[facts.kind]}ที่ไม่มีนามสกุล`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]}ไม่รับ${what}` : `${WHO[facts.layer]}ไม่รับ${what} รับเฉพาะ${formats.list(allowed)}`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `ไม่ได้เพิ่ม ${WHO[facts.layer]}ไม่รับรูปภาพในข้อความ` : `ไม่ได้เพิ่ม ${WHO[facts.layer]}ไม่รับไฟล์ในข้อความ`
      const rule = `${WHO[facts.layer]}รับสูงสุด ${counted(facts.limit, formats)}ต่อข้อความ`
      if (facts.count === 1) return `ไม่ได้เพิ่ม ${rule} โปรดนำออกหนึ่งรายการเพื่อให้มีที่ว่าง`
      const names = namesOf(facts, formats, (more) => `อีก ${formats.number(more)} รายการ`, quoted)
      return `ไม่ได้เพิ่ม ${counted(facts.count, formats)} (${names}) ${rule} โปรดนำบางรายการออกเพื่อให้มีที่ว่าง`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'นี่ไม่ใช่ที่อยู่เว็บ ที่อยู่เว็บขึ้นต้นด้วย https://' : 'ไฟล์นี้ไม่มีชื่อ โปรดเปลี่ยนชื่อแล้วเลือกอีกครั้ง'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'ไม่มีไฟล์ในโฟลเดอร์นี้'
        case 'too_many_files':
          return facts.limit === null
            ? 'โฟลเดอร์นี้มีไฟล์มากเกินไป จึงเพิ่มเฉพาะไฟล์แรกๆ'
            : `โฟลเดอร์นี้มีมากกว่า ${files(facts.limit, formats)} จึงเพิ่มเฉพาะ ${formats.number(facts.limit)} ไฟล์แรก`
        case 'not_accepted': return 'แนบโฟลเดอร์ที่นี่ไม่ได้ โปรดเปิดโฟลเดอร์แล้วเลือกไฟล์ข้างใน'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]}ไม่รับไฟล์`
        case 'local_files': return `${WHO[facts.layer]}รับเฉพาะลิงก์ ไม่รับไฟล์จากอุปกรณ์`
        case 'links': return `${WHO[facts.layer]}ไม่รับลิงก์ รับเฉพาะไฟล์จากอุปกรณ์`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'หน้านี้ไม่รับไฟล์นี้',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `ชื่อไฟล์ระบุว่า .${facts.extension} แต่เนื้อหาเป็นอย่างอื่น โปรดตรวจสอบไฟล์`
        : `ชื่อไฟล์ระบุว่า .${facts.extension} แต่เนื้อหาเป็น ${facts.found.toUpperCase()} หากถูกต้อง โปรดเปลี่ยนนามสกุลเป็น .${facts.found}`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'ไฟล์นี้ถูกแก้ไขหลังจากเลือกแล้ว โปรดเลือกอีกครั้ง'
        case 'missing': return 'ไม่มีไฟล์นี้แล้ว อาจถูกย้าย เปลี่ยนชื่อ หรือลบ โปรดเลือกอีกครั้ง'
        case 'not_readable': return 'อ่านไฟล์นี้ไม่ได้ ไฟล์อาจมีการเปลี่ยนแปลงหลังจากเลือก ถูกล็อก หรือยังไม่ได้ดาวน์โหลดลงในอุปกรณ์นี้ โปรดเลือกอีกครั้ง'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} เกินกว่าที่เซิร์ฟเวอร์รับสำหรับ${KINDS[facts.category]}`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} เกินขีดจำกัด ${limit} ${LIMIT[facts.layer ?? 'app']}สำหรับ${KINDS[facts.category]}`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}เกินกว่าที่เซิร์ฟเวอร์ Dify รับในการอัปโหลดหนึ่งครั้ง`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}เกินกว่าที่เซิร์ฟเวอร์ระหว่างทางไปยัง Dify ยอมให้ผ่าน ผู้ดูแลเซิร์ฟเวอร์นั้นเพิ่มขีดจำกัดได้`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify ไม่รับไฟล์ประเภทนี้' : `Dify ไม่รับไฟล์ประเภทนี้ (${endingOf(name)})`),
    too_many_files: () => 'Dify รับครั้งละหนึ่งไฟล์ แต่ได้รับหลายไฟล์',
    filename_not_exists_error: () => 'Dify ไม่ได้รับชื่อของไฟล์นี้ โปรดเปลี่ยนชื่อแล้วเลือกอีกครั้ง',
    invalid_param: () => 'Dify ไม่ยอมรับไฟล์นี้ตามที่ส่งไป ชื่อไฟล์อาจมีอักขระที่ Dify ไม่รับ',
    bad_request_key_error: () => 'ไฟล์ไปถึง Dify ไม่ครบ โปรดลองอีกครั้ง',
    no_file_uploaded: () => 'ไฟล์ไปไม่ถึง Dify โปรดลองอีกครั้ง',
    upload_incomplete: ({ facts }, _, formats) => `ไปถึง Dify เพียง ${formats.bytes(facts.stored)} จาก ${formats.bytes(facts.expected)} โปรดลองอีกครั้ง`,
    unauthorized: () => 'คุณออกจากระบบแล้ว โปรดเข้าสู่ระบบแล้วลองอีกครั้ง',
    session_required: () => 'เซสชันของคุณสิ้นสุดแล้ว โปรดลองอีกครั้ง',
    forbidden_origin: () => 'เซิร์ฟเวอร์ไม่รับการอัปโหลดจากหน้านี้ ผู้ดูแลเซิร์ฟเวอร์ต้องอนุญาตก่อน',
    not_found: () => 'ไม่มีบริการอัปโหลดที่ที่อยู่นี้ ผู้ดูแลหน้านี้ต้องแก้ไข',
    method_not_allowed: () => 'บริการอัปโหลดที่ที่อยู่นี้ไม่รับไฟล์ ผู้ดูแลหน้านี้ต้องแก้ไข',
    invalid_user: () => 'เซิร์ฟเวอร์ระบุไม่ได้ว่าคุณเป็นใคร ผู้ดูแลเซิร์ฟเวอร์ต้องแก้ไข',
    too_many_requests: () => 'มีการอัปโหลดพร้อมกันมากเกินไปสำหรับเซิร์ฟเวอร์ โปรดลองอีกครั้งในอีกสักครู่',
    rate_limit_error: () => 'แอปนี้ใช้สิทธิ์อัปโหลดหมดแล้วในขณะนี้ โปรดลองอีกครั้งภายหลังหรือสอบถามผู้ดูแล',
    gateway_timeout: () => 'เซิร์ฟเวอร์ใช้เวลาตอบนานเกินไป โปรดลองอีกครั้ง',
    upstream_unavailable: () => 'ติดต่อ Dify ไม่ได้ในขณะนี้ โปรดลองอีกครั้ง',
    unknown: () => 'Dify เกิดปัญหา โปรดลองอีกครั้ง',
    internal_server_error: () => 'เซิร์ฟเวอร์เกิดปัญหา โปรดลองอีกครั้ง',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'ไม่มีการเชื่อมต่อ การอัปโหลดจะดำเนินต่อเมื่อเชื่อมต่อได้อีกครั้ง'
        case 'stalled': return 'ไม่มีความคืบหน้าอยู่ระยะหนึ่ง จึงยกเลิกการอัปโหลด โปรดลองอีกครั้ง'
        case 'no_answer': return 'ส่งครบแล้วแต่ไม่ได้รับคำตอบ โปรดลองอีกครั้ง'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'การเชื่อมต่อขาดหาย โปรดลองอีกครั้ง'
          return size === null ? 'การเชื่อมต่อขาดหาย สาเหตุอาจเป็นขีดจำกัดขนาดระหว่างทาง' : `การเชื่อมต่อขาดหาย สำหรับไฟล์ขนาด ${formats.bytes(size)} สาเหตุอาจเป็นขีดจำกัดขนาดระหว่างทาง`
      }
    },
    upstream_unauthorized: () => 'คีย์ Dify ของเซิร์ฟเวอร์ไม่ถูกต้อง ผู้ดูแลเซิร์ฟเวอร์ต้องแก้ไข',
    upstream_forbidden: () => 'Dify ไม่อนุญาตให้เซิร์ฟเวอร์นี้อัปโหลดไฟล์ ผู้ดูแลเซิร์ฟเวอร์ต้องแก้ไข',
    upstream_not_found: () => 'ไม่พบบริการอัปโหลดของ Dify ผู้ดูแลเซิร์ฟเวอร์ต้องแก้ไขที่อยู่',
    upstream_redirect: () => 'ที่อยู่ของ Dify นำไปยังที่อื่น ผู้ดูแลเซิร์ฟเวอร์ต้องแก้ไข',
    upstream_not_dify: () => 'คำตอบไม่ได้มาจาก Dify ผู้ดูแลเซิร์ฟเวอร์ต้องตรวจสอบที่อยู่',
    other: ({ serverCode, retryable }) => (retryable ? `เซิร์ฟเวอร์ปฏิเสธไฟล์นี้ (${serverCode}) โปรดลองอีกครั้ง` : `เซิร์ฟเวอร์ปฏิเสธไฟล์นี้ (${serverCode})`),
  },
  notes: {
    renamed: ({ from }) => `เปลี่ยนชื่อจาก ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `ย่อขนาดแล้ว: ${formats.bytes(from)} → ${formats.bytes(to)}` : `แปลงแล้ว: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'มีอยู่ในรายการแล้ว',
    'content-differs': ({ extension }) => (extension === null ? 'เนื้อหาไม่ตรงกับชื่อ' : `เนื้อหาดูเหมือน ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `เพิ่ม ${quoted(names[0] ?? '')} แล้ว` : `เพิ่ม ${files(count, formats)}แล้ว`),
    uploaded: (names, count, formats) => (count === 1 ? `แนบ ${quoted(names[0] ?? '')} แล้ว` : `แนบ ${files(count, formats)}แล้ว`),
    half: (name) => `ส่ง ${quoted(name)} ไปแล้วครึ่งหนึ่ง`,
    removed: (name) => `นำ ${quoted(name)} ออกแล้ว`,
    moved: (name, place, of, formats) => `ย้าย ${quoted(name)} ไปลำดับที่ ${formats.number(place)} จาก ${formats.number(of)} แล้ว`,
    renamed: (name, newName) => `เปลี่ยนชื่อ ${quoted(name)} เป็น ${quoted(newName)} แล้ว`,
    original: (name) => `จะส่งไฟล์ต้นฉบับของ ${quoted(name)} แทน`,
    offline: 'ไม่มีการเชื่อมต่อ การอัปโหลดกำลังรอ',
    online: 'เชื่อมต่อได้อีกครั้งแล้ว',
    drop: 'วางเพื่อแนบ',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `และมีปัญหาอีก ${formats.number(count)} ไฟล์`,
  },
  draft: {
    elsewhere: 'แท็บอื่นกำลังเก็บแบบร่างนี้อยู่ ไฟล์ที่เพิ่มที่นี่จะหายไปเมื่อปิดหน้านี้',
    unavailable: 'เบราว์เซอร์นี้ไม่เก็บแบบร่าง ไฟล์ที่ยังไม่ได้ส่งจะหายไปเมื่อปิดหน้านี้',
    notKept: (names, count, formats) => (count === 1 ? `พื้นที่ไม่พอสำหรับเก็บ ${quoted(names[0] ?? '')} หากปิดหน้านี้ โปรดเลือกไฟล์อีกครั้ง` : `พื้นที่ไม่พอสำหรับเก็บ ${files(count, formats)} หากปิดหน้านี้ โปรดเลือกไฟล์อีกครั้ง`),
    expired: (count, formats) => `${files(count, formats)}ในแบบร่างนี้ถูกเก็บนานเกินไปและถูกลบแล้ว`,
  },
  send: {
    preparing: 'กำลังเตรียมไฟล์…',
    uploading: 'กำลังรออัปโหลดไฟล์…',
    waiting: 'กำลังรอลองอัปโหลดอีกครั้ง…',
    offline: 'กำลังรอการเชื่อมต่อ…',
    failed: 'มีไฟล์ที่ล้มเหลว โปรดลองอีกครั้ง นำออก หรือส่งโดยไม่มีไฟล์นั้น',
    not_started: 'ยังไม่ได้อัปโหลดไฟล์',
    required: 'โปรดแนบไฟล์ก่อน',
    too_many: 'มีไฟล์มากเกินไปสำหรับหนึ่งข้อความ โปรดนำบางไฟล์ออก',
    sending: 'กำลังส่ง…',
    sendFailed: 'ส่งข้อความไม่สำเร็จ ไม่มีอะไรหายไป โปรดลองอีกครั้ง',
  },
}

const KINDS: KindWords = { image: 'รูปภาพ', document: 'เอกสาร', audio: 'ไฟล์เสียง', video: 'วิดีโอ', custom: 'ไฟล์อื่นๆ' }
const WHO: Record<Layer, string> = { host: 'หน้านี้', operator: 'เซิร์ฟเวอร์นี้', app: 'แอปนี้', default: 'Dify ' }
const LIMIT: Record<Layer, string> = { host: 'ของหน้านี้', operator: 'ของเซิร์ฟเวอร์นี้', app: 'ของแอปนี้', default: 'ตามปกติของ Dify ' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} ไฟล์`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} ภาพ`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'ไฟล์นี้' : `${formats.bytes(size)} `
}

function quoted(name: string): string {
  return `“${name}”`
}
