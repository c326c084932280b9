// The node's HTTP API. In a simulation one page speaks for many nodes: each is named with what is asked of it.

const TIMEOUT = 10_000;
const places = { name: null, roles: {} };

/** An answer that is none: what the node said, or that it said nothing. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  get isUnreachable() {
    return this.status === 0;
  }

  get isForbidden() {
    return this.status === 401 || this.status === 403;
  }

  get isMissing() {
    return this.status === 404;
  }
}

/** Asks another node from now on; roles says which node of a simulation plays which role. */
export const aim = (name, roles) => Object.assign(places, { name, roles });

/** A node of a simulation plays this role, so that it is worth asking although the shown node does not. */
export const isPlayed = role => Boolean(places.roles[role]);

/** Where a path is asked: of the node, or of the one that plays a role. */
export const urlOf = (path, role) => {
  const name = places.roles[role] ?? places.name;
  return `/api/v1${path}${name ? `${path.includes("?") ? "&" : "?"}node=${encodeURIComponent(name)}` : ""}`;
};

/** GET of a path under /api/v1. */
export const get = (path, role) => ask(urlOf(path, role));

/** POST, PUT or DELETE. */
export const send = (method, path, body, role) => ask(urlOf(path, role), method, body);

/** As get and send, for what belongs to no node. */
export const ask = async (url, method = "GET", body = undefined) => {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new ApiError("The node does not answer", 0);
  }
  const text = await response.text();
  const answer = text.length > 0 && /json/.test(response.headers.get("Content-Type") ?? "") ? JSON.parse(text) : null;
  if (!response.ok) throw new ApiError(answer?.detail ?? answer?.title ?? `The node answered ${response.status}`, response.status);
  return answer;
};

/**
 * Follows the node's events. What is missed while it is away is replayed by the node: the browser says where it stopped.
 * Returns { close, isOpen }.
 */
export const follow = (types, onEvent, role) => {
  const source = new EventSource(urlOf(`/events?types=${types.join(",")}`, role));
  for (const type of types) {
    source.addEventListener(type, event => {
      const data = JSON.parse(event.data);
      onEvent(type, data, Number(event.lastEventId));
    });
  }
  return { close: () => source.close(), isOpen: () => source.readyState === EventSource.OPEN };
};
