'use client'
import { useEffect, useState } from 'react'

/** An address for a local file, for as long as it is shown. `type` is what the browser takes it for, whatever it claims. */
export function useLocalUrl(file: File, type: string): string | null {
  const [url, setUrl] = useState<string | null>(null)

  useEffect(() => {
    const made = URL.createObjectURL(file.slice(0, file.size, type))
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(null)
    }
  }, [file, type])

  return url
}
