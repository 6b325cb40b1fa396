// What must not be in a page, as the browser itself understood it. Runs in each frame before the page's own scripts.
(words) => {
  const LOADING = new Set(["iframe", "frame", "object", "embed", "base", "link", "img", "image", "audio", "video", "math",
    "animate", "set", "use", "template", "marquee", "plaintext", "xmp", "textarea"]);
  const ADDRESSES = new Set(["href", "xlink:href", "src", "action", "formaction", "data", "srcset", "poster"]);
  if (top === window) return;
  Object.defineProperty(window, "attacked", { set: () => tellAttacked(location.pathname) });

  function wrongWith(one) {
    const tag = one.localName;
    const wrong = LOADING.has(tag) ? [`<${tag}>`] : [];
    const isSearch = document.getElementById("query");
    if (tag === "script" && !(isSearch && (one.id === "index" || one.text.includes("Finds names and sentences in the index"))))
      wrong.push(`script ${one.text.slice(0, 60)}`);
    if (tag === "meta" && one.httpEquiv && one.httpEquiv !== "Content-Security-Policy") wrong.push(`meta ${one.httpEquiv}`);
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on") || ["style", "srcdoc", "autofocus"].includes(name)) wrong.push(`${tag} ${name}`);
      if (!ADDRESSES.has(name)) continue;
      const to = URL.parse(value, document.baseURI);
      const isFine = to && (["http:", "https:"].includes(to.protocol) ? !to.username && !to.password
        : to.protocol === "file:" && !to.host && (to.pathname === location.pathname || /\.(html|csv|md|json)$/.test(to.pathname)));
      if (!isFine) wrong.push(`${tag} ${name} ${value.slice(0, 80)}`);
    }
    return wrong;
  }
  const look = () => {
    const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
    return [...document.querySelectorAll("*")].flatMap(wrongWith).concat(comments.nextNode() ? ["a comment"] : []);
  };

  addEventListener("load", () => {
    const wrong = look();
    const query = document.getElementById("query");
    let isSearched = false;
    for (const word of query ? words : []) {
      query.value = word;
      query.dispatchEvent(new Event("input"));
      isSearched ||= document.querySelector("#found li") !== null;
      wrong.push(...look());
    }
    // A moment for what fires after a page has loaded.
    setTimeout(() => tellLooked(location.pathname, wrong.slice(0, 5), isSearched), 30);
  });
}
