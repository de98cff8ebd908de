import * as rnnkit from "rnnkit";

document.title = JSON.stringify(await rnnkit.useBackend());
