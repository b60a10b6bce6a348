import type { Socket } from 'node:net';

/** A socket of this process's own, listening, on its way to the public name. */
export interface OwnSocket {
  /** Gives it the public name; false when another has it (EEXIST). */
  publish(): Promise<boolean>;
  /** Whether the public name leads to it. */
  isPublic(): Promise<boolean>;
  /** Takes it off the public name, if that leads to it. */
  withdraw(): Promise<void>;
  /** Ends listening; sockets that were accepted stay. */
  close(): Promise<void>;
}

/** A socket that was taken off the public name and not yet thrown away. */
export interface AsideSocket {
  isSame(own: OwnSocket): Promise<boolean>;
  /** Whether somebody listens on it. */
  answers(): Promise<boolean>;
  /** Gives it the public name again; false when another has that by now, and it then stays aside. */
  putBack(): Promise<boolean>;
  discard(): Promise<void>;
}

/** A public name on which nobody listens: its process is gone. */
export interface StaleSocket {
  /** Takes it off the public name; null when that leads nowhere, or elsewhere, by now. */
  moveAside(): Promise<AsideSocket | null>;
}

/** Where a data home's owner is reached. Its methods throw `home-unwritable` or `home-foreign`. */
export interface ControlPlace {
  /** The owner; null where nobody has the name. */
  connect(): Promise<Socket | StaleSocket | null>;
  bind(accept: (socket: Socket) => void): Promise<OwnSocket>;
  asides(): Promise<AsideSocket[]>;
  /** Takes away what processes left that ended while they took the name. */
  tidy(): Promise<void>;
}
