/** Answers about names are worked out once: a file says the same few names for each of its rows. */

/** Names come from files; hostile ones must not fill the memory. */
const LIMIT = 4096
const LONGEST = 200

/** `read` must depend on nothing but its argument. */
export function remembered<Out>(read: (name: string) => Out): (name: string) => Out {
  const known = new Map<string, { readonly answer: Out }>()
  return (name) => {
    const found = known.get(name)
    if (found) return found.answer
    const answer = read(name)
    if (name.length <= LONGEST) {
      if (known.size >= LIMIT) known.clear()
      known.set(name, { answer })
    }
    return answer
  }
}
