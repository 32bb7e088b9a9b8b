(function () {
  "use strict";
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  function headings(rows) {
    var last = null, any = false;
    rows.forEach(function (row) {
      if (row.classList.contains("heading")) {
        if (last) { last.hidden = !any; }
        last = row;
        any = false;
      } else if (!row.hidden) { any = true; }
    });
    if (last) { last.hidden = !any; }
  }
  function setUp(form) {
    var table = document.getElementById(form.dataset.table);
    var rows = Array.from(table.tBodies[0].rows);
    var data = rows.filter(function (row) { return !row.classList.contains("heading"); });
    var words = data.map(function (row) { return fold(row.textContent); });
    var facets = data.map(function (row) { return JSON.parse(row.dataset.facets || "{}"); });
    var selects = Array.from(form.querySelectorAll("select"));
    var output = form.querySelector("output");
    function apply() {
      var asked = fold(form.elements.namedItem("q").value).split(/\s+/).filter(Boolean);
      var shown = 0;
      data.forEach(function (row, n) {
        var fits = asked.every(function (word) { return words[n].includes(word); }) &&
          selects.every(function (select) {
            return !select.value || (facets[n][select.name] || []).includes(select.value);
          });
        row.hidden = !fits;
        if (fits) { shown += 1; }
      });
      headings(rows);
      output.textContent = shown ?
        output.dataset.text.replace("##", data.length).replace("#", shown) : output.dataset.none;
    }
    form.addEventListener("input", apply);
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.hidden = false;
    form.apply = apply;
    apply();
  }
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    var details = target.closest("details");
    if (details) { details.open = true; }
    if (target.hidden) {
      var table = target.closest("table");
      var form = document.querySelector('form[data-table="' + table.id + '"]');
      form.reset();
      form.apply();
    }
    target.scrollIntoView({ block: target.offsetHeight > window.innerHeight ? "start" : "center" });
    target.focus({ preventScroll: true });
  }
  document.querySelectorAll("form.filters").forEach(setUp);
  document.querySelectorAll(".context details").forEach(function (details) { details.open = false; });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      var search = document.querySelector('form.filters:not([hidden]) input[type="search"]');
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
})();
