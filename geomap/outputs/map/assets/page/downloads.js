// The files of the exporters, byte for byte, packed in the page; nothing leaves it otherwise.
function saveAs(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function setUpDownloads() {
  const menu = byId("save");
  const list = make("div", "menu");
  for (const { name, label, type, packed } of data.files) {
    list.append(makeButton(label, async () => {
      const blob = await unpack(packed);
      saveAs(new Blob([blob], { type }), name);
      menu.open = false;
    }));
  }
  list.append(makeButton(words.picture, async () => {
    await savePicture();
    menu.open = false;
  }));
  menu.append(list);
}
