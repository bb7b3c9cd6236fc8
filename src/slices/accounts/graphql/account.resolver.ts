import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { AppError } from '../../../kernel/errors.js'
import type { AccountId } from '../../../kernel/ids.js'
import { actorText } from '../../../platform/access/viewer.js'
import {
  Access,
  Credits,
  GraphContext,
  refuse,
  ShortText,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { readAccount } from '../read-account.js'
import { updateAccountSettings } from '../update-account-settings.js'
import { AccountResult, AccountType } from './accounts.types.js'
import { UnknownPolicyEnum } from './enums.types.js'
import { accountSettingsRefusals } from './refusals.js'
import { toAccount } from './to-account.js'

@Resolver()
export class AccountResolver {
  constructor(private readonly deps: AccountsDeps) {}

  @Access('viewer')
  @Query(() => AccountType, { description: 'The account that the caller works in.' })
  async account(@Ctx() ctx: GraphContext): Promise<AccountType> {
    return this.present(ctx.scope.accountId)
  }

  @Access('owner')
  @Mutation(() => AccountResult, {
    description: 'Changes settings of the account; what is left out stays as it is.',
  })
  async updateAccount(
    @Ctx() ctx: GraphContext,
    @Arg('name', () => ShortText, { nullable: true, description: 'New name of the account.' })
    name: string | null | undefined,
    @Arg('allowedCountries', () => [String], {
      nullable: true,
      description: 'All countries that the account may send to from now on, as two-letter codes.',
    })
    allowedCountries: string[] | null | undefined,
    @Arg('unknownPolicy', () => UnknownPolicyEnum, {
      nullable: true,
      description:
        'What happens to messages of campaigns whose outcome is not known yet, from the next claim on.',
    })
    unknownPolicy: 'P0' | 'P1' | null | undefined,
    @Arg('singleUnknownPolicy', () => UnknownPolicyEnum, {
      nullable: true,
      description: 'The same for messages outside campaigns.',
    })
    singleUnknownPolicy: 'P0' | 'P1' | null | undefined,
    @Arg('reserveCredits', () => Credits, {
      nullable: true,
      description: 'Credits that campaigns must leave for appointment messages.',
    })
    reserveCredits: number | null | undefined,
  ): Promise<AccountType | Refused> {
    const { accountId } = ctx.scope
    const settings = {
      accountId,
      name: name ?? null,
      allowedCountries: allowedCountries ?? null,
      unknownPolicy: unknownPolicy ?? null,
      singleUnknownPolicy: singleUnknownPolicy ?? null,
      reserveCredits: reserveCredits ?? null,
      actor: actorText(ctx.scope.actor),
    }
    const result = await updateAccountSettings(this.deps, settings)
    return result.ok ? this.present(accountId) : refuse(accountSettingsRefusals, result.reason)
  }

  private async present(accountId: AccountId): Promise<AccountType> {
    const account = await readAccount(this.deps, accountId)
    if (account === null) {
      throw new AppError({
        code: 'accounts.account-missing',
        publicMessage: 'The account could not be read.',
      })
    }
    return toAccount(account)
  }
}
