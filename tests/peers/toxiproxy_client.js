// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Drives Toxiproxy's API by the client library that Node programs use for it: node toxiproxy_client.js URL UPSTREAM-PORT
// Prints "ok" at the end; anything that is not as Toxiproxy has it throws.

"use strict";

const assert = require("assert");
const net = require("net");
const { Toxiproxy } = require("toxiproxy-node-client");

const toxics = {
    latency: { latency: 50, jitter: 5 },
    bandwidth: { rate: 1000 },
    slow_close: { delay: 20 },
    timeout: { timeout: 30 },
    reset_peer: { timeout: 30 },
    slicer: { average_size: 8, size_variation: 2, delay: 10 },
    limit_data: { bytes: 5 },
};

/** What comes back for `text` until the connection ends, or as much as was sent; and how long that took, in ms. */
function exchange(listen, text) {
    const port = Number(listen.split(":").pop());
    return new Promise((resolve) => {
        const begin = process.hrtime.bigint();
        let came = "";
        const done = (how) => resolve({ came, how, ms: Number(process.hrtime.bigint() - begin) / 1e6 });
        const socket = net.connect(port, "127.0.0.1", () => socket.write(text));
        socket.on("data", (bytes) => {
            came += bytes;
            if (came.length >= text.length) {
                socket.destroy();
                done("whole");
            }
        });
        socket.on("error", (error) => done(error.code));
        socket.on("end", () => done("end"));
    });
}

async function main(url, upstreamPort) {
    const toxiproxy = new Toxiproxy(url);
    const upstream = `127.0.0.1:${upstreamPort}`;
    assert.deepStrictEqual(Object.keys(await toxiproxy.getAll()), []);
    const version = await toxiproxy.getVersion();
    assert.match(String(version), /"2\.12\.0"/);

    const proxy = await toxiproxy.createProxy({ name: "echo", listen: "127.0.0.1:0", upstream });
    assert.match(proxy.listen, /^127\.0\.0\.1:\d+$/);
    assert.strictEqual(proxy.enabled, true);
    await assert.rejects(toxiproxy.createProxy({ name: "echo", listen: "127.0.0.1:0", upstream }));
    assert.deepStrictEqual(Object.keys(await toxiproxy.getAll()), ["echo"]);
    assert.strictEqual((await toxiproxy.get("echo")).upstream, upstream);
    assert.strictEqual((await exchange(proxy.listen, "hello")).came, "hello");

    for (const [type, attributes] of Object.entries(toxics)) {
        for (const stream of ["downstream", "upstream"]) {
            const body = { type, attributes, stream, toxicity: 1, name: `${type}_of_${stream}` };
            const added = await proxy.addToxic(body);
            assert.strictEqual(added.name, body.name);
            const toxic = await proxy.getToxic(body.name);
            const { name, stream: way, toxicity } = toxic;
            assert.deepStrictEqual({ type: toxic.type, attributes: toxic.attributes, stream: way, toxicity, name },
                { ...body, attributes: { ...toxic.attributes, ...attributes } });
            await toxic.remove();
        }
    }

    const late = await proxy.addToxic({ type: "latency", stream: "downstream", toxicity: 1, name: "late",
        attributes: { latency: 200, jitter: 0 } });
    assert.ok((await exchange(proxy.listen, "late")).ms >= 200);
    const sooner = await late.update({ toxicity: 0.5, attributes: { latency: 1, jitter: 0 } });
    assert.strictEqual(sooner.attributes.latency, 1);
    assert.strictEqual((await toxiproxy.get("echo")).toJson().name, "echo");
    await sooner.remove();
    await proxy.addToxic({ type: "limit_data", stream: "downstream", toxicity: 1, name: "limit",
        attributes: { bytes: 3 } });
    assert.strictEqual((await exchange(proxy.listen, "limit")).came, "lim");

    const off = await proxy.update({ listen: proxy.listen, upstream, enabled: false });
    assert.strictEqual(off.enabled, false);
    assert.strictEqual((await exchange(proxy.listen, "x")).how, "ECONNREFUSED");
    await toxiproxy.reset();
    const again = await toxiproxy.get("echo");
    assert.strictEqual(again.enabled, true);
    assert.strictEqual(again.listen, proxy.listen);
    await assert.rejects(again.getToxic("limit"));
    assert.strictEqual((await exchange(proxy.listen, "back")).came, "back");

    await toxiproxy.populate([
        { name: "one", listen: "127.0.0.1:0", upstream, enabled: true },
        { name: "two", listen: "127.0.0.1:0", upstream, enabled: true },
    ]);
    const all = await toxiproxy.getAll();
    assert.deepStrictEqual(Object.keys(all).sort(), ["echo", "one", "two"]);
    for (const each of Object.values(all)) {
        await each.remove();
    }
    assert.deepStrictEqual(Object.keys(await toxiproxy.getAll()), []);
    console.log("ok");
}

main(process.argv[2], process.argv[3]).catch((error) => {
    console.error(error);
    process.exit(1);
});
