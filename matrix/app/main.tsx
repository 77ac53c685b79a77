import 'dify-file-drop/styles.css'
import 'dify-file-drop/preview.css'
import { createRoot } from 'react-dom/client'
import { Page } from './Page'

createRoot(document.getElementById('root')!).render(<Page />)
