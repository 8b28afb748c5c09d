
(function () {
  "use strict";
  var key = "stopline:" + document.body.getAttribute("data-plan") + ":" + document.title;
  var boxes = Array.prototype.slice.call(document.querySelectorAll(".tasks input"));
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(key)) || {};
  } catch (problem) {
    return;
  }
  boxes.forEach(function (box) {
    if (box.id in kept) {
      box.checked = kept[box.id] === true;
    }
    box.addEventListener("change", function () {
      kept[box.id] = box.checked;
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch (problem) {
        kept = {};
      }
    });
  });
})();
