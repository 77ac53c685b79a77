import type { AppParameters } from '../dify/parameters.js'

/** `GET /parameters` of an app that takes every kind of file, ten a message, with Dify's default size limits. */
export function defaultParameters(): AppParameters {
  const methods = ['local_file', 'remote_url']
  const limits = {
    image_file_size_limit: 10,
    video_file_size_limit: 100,
    audio_file_size_limit: 50,
    file_size_limit: 15,
    workflow_file_upload_limit: 10,
  }
  return {
    opening_statement: 'Hello! Drop some files and I will tell you what arrived.',
    suggested_questions: [],
    suggested_questions_after_answer: { enabled: false },
    speech_to_text: { enabled: false },
    text_to_speech: { enabled: false, voice: '', language: '', autoPlay: 'disabled' },
    retriever_resource: { enabled: false },
    annotation_reply: { enabled: false },
    more_like_this: { enabled: false },
    sensitive_word_avoidance: { enabled: false },
    user_input_form: [],
    file_upload: {
      enabled: true,
      allowed_file_types: ['image', 'document', 'audio', 'video', 'custom'],
      allowed_file_extensions: ['.json', '.zip', '.heic'],
      allowed_file_upload_methods: methods,
      number_limits: 10,
      fileUploadConfig: { ...limits, batch_count_limit: 5 },
      image: { enabled: false, number_limits: 3, transfer_methods: methods },
    },
    system_parameters: limits,
  }
}
