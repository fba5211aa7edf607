import { providerContract } from '../../testing/provider.contract.ts'
import { SoftwareProvider } from './software-provider.ts'

providerContract('the software provider', async () => {
  const provider = await SoftwareProvider.open()
  return { provider, close: () => provider.close() }
})
