import type { Clock } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, errors } from 'jose';

const second = 1_000;
const minute = 60 * second;

/** How old keys may be before they are read again: by then the issuer may have withdrawn some. */
const freshFor = 10 * minute;
/** How old keys may be while the issuer cannot be reached. */
const usableFor = 24 * 60 * minute;
/** How long to wait between two look-ups, whatever tokens come: with keys at hand, and without. */
const pauseWithKeys = minute;
const pauseWithoutKeys = second;

/**
 * The keys of an issuer, found by its discovery document and kept. They are looked up at most once a minute, however many
 * tokens name an unknown one.
 */
export class IssuerKeys {
  readonly #issuer: string;
  readonly #clock: Clock;
  readonly #timeout: number;
  #keys: { readonly get: JWTVerifyGetKey; readonly readAt: number } | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;
  /** Why the last look-up failed, if it did. */
  #failure: unknown;

  constructor(issuer: string, clock: Clock, timeoutMilliseconds: number) {
    this.#issuer = issuer;
    this.#clock = clock;
    this.#timeout = timeoutMilliseconds;
  }

  /**
   * The key that a token names.
   *
   * @throws JWKSNoMatchingKey when the issuer does not have it.
   * @throws Unavailable when the issuer cannot tell.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (!this.#areYounger(freshFor)) await this.#lookUp();
    try {
      return await this.#choose(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#lookUp();
      if (this.#failure !== undefined) throw this.#unavailable();
      return this.#choose(header, token);
    }
  };

  /** The key among those at hand. */
  #choose(...named: Parameters<JWTVerifyGetKey>): ReturnType<JWTVerifyGetKey> {
    if (this.#keys === undefined || !this.#areYounger(usableFor)) throw this.#unavailable();
    return this.#keys.get(...named);
  }

  #unavailable(): Unavailable {
    return new Unavailable(`the keys of ${this.#issuer} cannot be read`, { cause: this.#failure, withoutEffect: true });
  }

  #areYounger(milliseconds: number): boolean {
    return this.#keys !== undefined && this.#since(this.#keys.readAt) < milliseconds;
  }

  /** However the clock was set in between. */
  #since(time: number): number {
    return Math.abs(this.#clock() - time);
  }

  /** Reads the keys again, unless that was done just now. Never rejects. */
  async #lookUp(): Promise<void> {
    const pause = this.#keys === undefined ? pauseWithoutKeys : pauseWithKeys;
    if (this.#asking === undefined && this.#since(this.#askedAt) >= pause) {
      this.#askedAt = this.#clock();
      this.#asking = this.#read()
        .catch((error: unknown) => {
          this.#failure = error;
        })
        .finally(() => {
          this.#asking = undefined;
        });
    }
    await this.#asking;
  }

  async #read(): Promise<void> {
    const signal = AbortSignal.timeout(this.#timeout);
    const place = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { issuer, jwks_uri } = (await readJson(place, signal)) as { issuer?: unknown; jwks_uri?: unknown };
    if (issuer !== this.#issuer) throw new Error(`${place} is of the issuer ${issuer}`);
    const keys = (await readJson(String(jwks_uri), signal)) as JSONWebKeySet;
    this.#keys = { get: createLocalJWKSet(keys), readAt: this.#clock() };
    this.#failure = undefined;
  }
}

async function readJson(url: string, signal: AbortSignal): Promise<object> {
  if (!isTrustworthy(url)) throw new Error(`${url} is neither https nor on this machine`);
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Object(await response.json());
}

/** Whether no one on the way can change what a URL answers: https, or http on this machine. */
export function isTrustworthy(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname));
}
