import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { COOKIE, userOfCookie } from '../lib/session'
import { Chat } from './Chat'

export default async function Page() {
  const user = userOfCookie((await cookies()).get(COOKIE)?.value)
  if (user === null) redirect('/login')
  return <Chat />
}
