// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";

// The official reader of Kaitai Struct: its compiler's JavaScript target with its runtime, both from npm.
//
//     node official_reader.js MODULES DESCRIPTIONS NAME TYPE MESSAGES
//     node official_reader.js MODULES DESCRIPTIONS
//
// MODULES has the node_modules, and takes what is compiled. NAME is that of a file in DESCRIPTIONS, TYPE one of its types
// or "-" for the outermost. MESSAGES is a file with one message a line, in hexadecimal; "@SECONDS:HEX" reads that one
// again and again for that long. For each line prints one JSON object: the tree, the bytes that were read, and, if it
// does not fit, the path of the field at which reading ended; or how many were read in a second, without and with the
// places of the fields. Without NAME, TYPE and MESSAGES each line of the standard input has them, separated by tabs; an empty
// line follows what is printed for it.

const fs = require("fs");
const path = require("path");
const Module = require("module");
const readline = require("readline");

const [modules, descriptions, ...job] = process.argv.slice(2);
const own = Module.createRequire(path.join(modules, "x.js"));
const Compiler = own("kaitai-struct-compiler");
const KaitaiStream = own("kaitai-struct/KaitaiStream");
const yaml = own("js-yaml");

const camel = (id) => id.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const upper = (id) => camel("_" + id);

/// An instance that could not be read stays half read otherwise, and whoever asks again gets that; so do bits that it left
/// in a stream, which whoever seeks there would read. What is compiled defines its instances when it is loaded.
function loadForgetting(load) {
    const define = Object.defineProperty;
    Object.defineProperty = (target, key, what) =>
        define(target, key, what.get === undefined ? what : {
            get() {
                const streams = [this._io, this._root && this._root._io].filter((each) => each);
                const before = streams.map(({ pos, bits, bitsLeft }) => ({ pos, bits, bitsLeft }));
                try {
                    return what.get.call(this);
                } catch (error) {
                    delete this["_m_" + key];
                    streams.forEach((each, i) => Object.assign(each, before[i]));
                    throw error;
                }
            },
        });
    try {
        return load();
    } finally {
        Object.defineProperty = define;
    }
}

async function compiled(name, type, isDebug) {
    const source = (file) => yaml.load(fs.readFileSync(path.join(descriptions, file + ".ksy"), "utf8"));
    const importer = { importYaml: async (file) => source(file) };
    const compile = Compiler.compile ? Compiler : new Compiler();
    const files = await compile.compile("javascript", source(name), importer, isDebug);
    const folder = path.join(modules, isDebug ? "debug" : "fast");
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, code] of Object.entries(files)) {
        fs.writeFileSync(path.join(folder, file), code);
    }
    const require = Module.createRequire(path.join(folder, "x.js"));
    const load = () => require("./" + upper(name) + ".js")[upper(name)];
    const outermost = isDebug ? loadForgetting(load) : load();
    return type === "-" ? outermost : outermost[upper(type)];
}

/// Reads as the compiler's own fromStream() would, where there is one.
function read(Type, bytes) {
    const stream = new KaitaiStream(bytes);
    const object = new Type(stream, null, null);
    return object;
}

function instancesOf(object) {
    const found = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object));
    return Object.keys(found).filter((each) => found[each].get !== undefined);
}

function dump(value) {
    if (value instanceof Uint8Array) {
        return "hex:" + Buffer.from(value).toString("hex");
    }
    if (Array.isArray(value)) {
        return value.map(dump);
    }
    if (typeof value === "string") {
        return "text:" + value;
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
        return "number:" + value;
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const out = {};
    for (const key of Object.keys(value)) {
        if (!key.startsWith("_") && value[key] !== undefined) {
            out[key] = dump(value[key]);
        }
    }
    for (const key of instancesOf(value)) {
        try {
            const instance = value[key];
            if (instance !== undefined && typeof instance !== "function") {
                out[key] = dump(instance);
            }
        } catch (error) {
            // It cannot be computed, and is left out.
        }
    }
    return out;
}

/// The path of the field at which reading ended; that of its object if it was not begun, as where its condition fails.
/// `isRule`: the value was there, but must be another one.
function placeIn(object, isRule) {
    const fields = Object.keys(object._debug || {}).filter((each) => !each.startsWith("_"));
    if (fields.length === 0) {
        return "";
    }
    const last = fields[fields.length - 1];
    const state = object._debug[last];
    const value = object[last];
    if (state.end !== undefined) {
        return isRule ? last : "";
    }
    if (state.arr !== undefined) {
        if (state.arr.length === 0) {
            return last;
        }
        const index = state.arr.length - 1;
        const element = Array.isArray(value) ? value[index] : undefined;
        const at = `${last}[${index}]`;
        const inner =
            state.arr[index].end === undefined && element !== undefined && element._debug ? placeIn(element, isRule) : "";
        return inner === "" ? at : `${at}.${inner}`;
    }
    const inner = value !== undefined && value !== null && value._debug ? placeIn(value, isRule) : "";
    return inner === "" ? last : `${last}.${inner}`;
}

function parsed(Type, bytes) {
    const object = read(Type, bytes);
    const out = {};
    try {
        object._read();
    } catch (error) {
        out.error = String(error.message || error);
        out.place = placeIn(object, String(error.name).startsWith("Validation"));
    }
    out.size = object._io.pos;
    out.tree = dump(object);
    return out;
}

/// How often in a second of processor time.
function rate(seconds, work) {
    const used = () => {
        const usage = process.cpuUsage();
        return (usage.user + usage.system) / 1e6;
    };
    for (let i = 0; i < 100000; ++i) {
        work(); // until it is compiled
    }
    let count = 0;
    const begin = used();
    let now = begin;
    while (now - begin < seconds) {
        for (let i = 0; i < 20000; ++i) {
            work();
        }
        count += 20000;
        now = used();
    }
    return Math.round(count / (now - begin));
}

async function readAll([name, type, messages]) {
    const Debug = await compiled(name, type, true);
    for (const line of fs.readFileSync(messages, "latin1").split("\n").slice(0, -1)) {
        if (line.startsWith("@")) {
            const [seconds, hex] = line.slice(1).split(":");
            const Fast = await compiled(name, type, false);
            const bytes = new Uint8Array(Buffer.from(hex, "hex"));
            read(Fast, bytes);
            console.log(JSON.stringify({
                plain: rate(Number(seconds), () => read(Fast, bytes)),
                places: rate(Number(seconds), () => read(Debug, bytes)._read()),
            }));
            continue;
        }
        console.log(JSON.stringify(parsed(Debug, new Uint8Array(Buffer.from(line, "hex")))));
    }
}

async function main() {
    if (job.length > 0) {
        await readAll(job);
        return;
    }
    for await (const line of readline.createInterface({ input: process.stdin })) {
        await readAll(line.split("\t"));
        console.log("");
    }
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
