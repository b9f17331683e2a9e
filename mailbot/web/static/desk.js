// What the keyboard and the pointer add; every action also works without this file.
(function () {
  "use strict";
  var page = document.body.dataset.page || "";
  var typing = function (target) {
    return target && target.matches && (target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || target.isContentEditable);
  };
  var open = function (element) {
    if (element.tagName === "SUMMARY") {
      element.parentElement.open = true;
      var first = element.parentElement.querySelector("select, textarea, input:not([type=hidden]), button");
      (first || element).focus();
      return;
    }
    var named = element.dataset.focus && document.getElementById(element.dataset.focus);
    if (named) {
      named.focus();
      named.setSelectionRange(named.value.length, named.value.length);
      return;
    }
    element.click();
  };

  // One submission a form: a second press of a key must not send a letter twice.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post") { event.target.dataset.sent = "1"; }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  // A key does nothing to a page that nobody has seen yet: one pressed twice, or held down, was meant for the page before.
  var UNSEEN = 400; // ms from the first picture on
  var seen = false;
  var wait = function () {
    seen = false;
    requestAnimationFrame(function () {
      setTimeout(function () { seen = true; document.body.dataset.seen = ""; }, UNSEEN);
    });
  };
  wait();
  window.addEventListener("pageshow", function (event) { if (event.persisted) { wait(); } });
  var premature = function (event) { return event.repeat || !seen; };
  var acts = function (element) { return element.matches("button, input[type=submit]"); };
  document.addEventListener("keydown", function (event) {
    var pressed = event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Space";
    if (pressed && premature(event) && event.target.matches && acts(event.target)) { event.preventDefault(); }
  }, true);

  // Keys by their place on the keyboard, so that the Russian layout works too.
  document.addEventListener("keydown", function (event) {
    if (event.code === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "answer-text") {
      event.preventDefault();
      if (premature(event)) { return; }
      var button = document.querySelector("#answer [name=means].primary");
      if (button) { button.click(); }
      return;
    }
    if (event.code === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
    if (event.key === "?" || (event.shiftKey && event.code === "Slash") || (event.shiftKey && event.code === "Digit7")) {
      var help = document.getElementById("keys");
      if (help && !help.open) { help.showModal(); }
      event.preventDefault();
      return;
    }
    if (event.code === "Slash" || event.key === "/") { event.preventDefault(); (document.getElementById("search-here") || document.getElementById("search")).focus(); return; }
    if (event.shiftKey) { return; }
    var asked = document.querySelector(".ask") || document; // who is asked answers that first
    var opened = document.querySelector("details[open] [data-open-key='" + event.code + "']");
    var wanted = (asked === document && opened) || asked.querySelector("[data-key='" + event.code + "']");
    if (wanted) {
      event.preventDefault();
      if (!acts(wanted) || seen) { open(wanted); }
      return;
    }
    if (asked !== document) { return; }
    if (page === "queue" || page === "accounts" || page === "bills" || page === "board" || page === "report") { inList(event); return; }
    if (event.code === "KeyG") { location.href = "/queue"; }
  });

  // The list: J and K go through it, V marks, Enter opens.
  var inList = function (event) {
    var lines = Array.from(document.querySelectorAll(".line"));
    var at = lines.findIndex(function (line) { return line.contains(document.activeElement); });
    var go = function (to) {
      if (lines[to]) { lines[to].querySelector(".open").focus(); lines[to].scrollIntoView({ block: "nearest" }); }
    };
    if (event.code === "KeyJ" || event.code === "ArrowDown") { event.preventDefault(); go(at + 1); }
    else if (event.code === "KeyK" || event.code === "ArrowUp") { event.preventDefault(); go(Math.max(0, at - 1)); }
    else if (event.code === "KeyV" && at >= 0 && page === "queue") { lines[at].querySelector("input").click(); }
    else if (event.code === "KeyG") { location.href = "/queue"; }
    else if (at >= 0) {
      var button = lines[at].querySelector("[data-line-key='" + event.code + "']");
      if (button) { event.preventDefault(); if (seen) { button.click(); } }
    }
  };
  if (page === "queue") {
    var first = document.querySelector(".line .open");
    if (first && !location.hash) { first.focus({ preventScroll: true }); }
  }
  // A live update waits while a selection is being made, and does not take the reader's place in the list away.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.id === "list" && document.querySelector(".lines input:checked")) { event.preventDefault(); }
  });
  var place = null;
  document.addEventListener("htmx:beforeSwap", function () {
    var active = document.activeElement;
    place = active && active.closest && active.closest(".line, #board") ? active.getAttribute("href") : null;
  });
  document.addEventListener("htmx:afterSwap", function () {
    if (place) {
      var again = Array.from(document.querySelectorAll(".line .open, #board a")).find(function (one) { return one.getAttribute("href") === place; });
      if (again) { again.focus({ preventScroll: true }); }
    }
  });

  // Evidence: what a finding rests on is lit in the letter.
  var light = function (link, on) {
    document.querySelectorAll("mark[data-of~='" + link.dataset.name + "']").forEach(function (mark) {
      mark.classList.toggle("on", on);
      var folded = mark.closest("details");
      if (on && folded) { folded.open = true; }
    });
  };
  document.querySelectorAll(".evidence").forEach(function (link) {
    ["mouseenter", "focus"].forEach(function (name) { link.addEventListener(name, function () { light(link, true); }); });
    ["mouseleave", "blur"].forEach(function (name) { link.addEventListener(name, function () { light(link, false); }); });
  });

  // A phrase in an empty field is sent as what it is: a promise does not close the case.
  var sendAs = function (means) {
    document.querySelectorAll("#answer [name=means]").forEach(function (button) {
      button.classList.toggle("primary", button.value === means);
    });
  };
  document.querySelectorAll("[data-insert]").forEach(function (button) {
    button.addEventListener("click", function () {
      var text = document.getElementById("answer-text");
      if (!text.value.trim()) { sendAs(button.dataset.means); }
      text.value = (text.value.trim() ? text.value.trim() + "\n\n" : "") + button.dataset.insert.trim();
      text.focus();
    });
  });
  var keep;
  var text = document.getElementById("answer-text");
  if (text && window.htmx) {
    text.addEventListener("input", function () {
      text.classList.add("typed"); // a proposal that nobody touched is no draft
      clearTimeout(keep);
      keep = setTimeout(function () { window.htmx.trigger("#here", "load"); }, 900);
    });
  }

  document.querySelectorAll("details[data-frame]").forEach(function (details) {
    details.addEventListener("toggle", function () {
      if (details.open && !details.querySelector("iframe")) {
        var frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "");
        frame.title = "Письмо, как оно оформлено";
        frame.src = details.dataset.frame;
        details.append(frame);
      }
    });
  });
  // What is to be opened first has the key; once all is open, the act that follows has it.
  document.querySelectorAll("[data-opens]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.removeAttribute("data-key");
      var then = link.closest("form").querySelector("[data-then]");
      if (!link.closest("form").querySelector("[data-opens][data-key]")) { then.dataset.key = then.dataset.then; }
    });
  });
  document.querySelectorAll("[data-open]").forEach(function (link) {
    link.addEventListener("click", function () { document.getElementById(link.dataset.open).open = true; });
  });

  var undo = document.querySelector("[data-undo]");
  if (undo) {
    var left = Number(undo.dataset.undo);
    var clock = setInterval(function () {
      left -= 1;
      undo.querySelector(".count").textContent = left + " с";
      if (left <= 0) { clearInterval(clock); undo.remove(); }
    }, 1000);
  }
  // A rating clicked in a mail is one click: a person's browser posts it, a program that only fetches links does not.
  var post = document.querySelector("form[data-post]");
  if (post) {
    var once = function () {
      if (document.visibilityState !== "visible") { return; }
      document.removeEventListener("visibilitychange", once);
      history.replaceState(null, "", post.getAttribute("action")); // «back» must not rate once more
      post.requestSubmit();
    };
    document.addEventListener("visibilitychange", once);
    once();
  }
  document.querySelectorAll("[data-print]").forEach(function (one) { one.addEventListener("click", function () { window.print(); }); });
  document.querySelectorAll("[data-back]").forEach(function (one) { one.addEventListener("click", function (event) { event.preventDefault(); history.back(); }); });
  document.querySelectorAll("[data-select]").forEach(function (one) { one.addEventListener("focus", function () { one.select(); }); });
  document.querySelectorAll("[data-theme-switch]").forEach(function (one) {
    one.addEventListener("click", function () {
      var root = document.documentElement;
      var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      document.cookie = "theme=" + root.dataset.theme + "; path=/; max-age=31536000; samesite=lax";
    });
  });
})();
