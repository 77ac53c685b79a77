import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../src/styles.css'
import '../src/preview.css'
import './chat.css'
import { Chat } from './Chat.js'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <Chat />
    </QueryClientProvider>
  </StrictMode>,
)
