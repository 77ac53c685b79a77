'use client'
import { QueryClient, QueryClientContext } from '@tanstack/react-query'
import { useContext, useState } from 'react'

/** The host's client for queries, else one of this surface. */
export function useQueryClientHere(): QueryClient {
  const hosts = useContext(QueryClientContext)
  const [own] = useState(() => hosts ?? new QueryClient())
  return hosts ?? own
}
