// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/annotation/annotation.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"

// Whatever the bytes: the leaves of the tree cover each of them once, in order, and each node covers its children. The
// first byte chooses the framing and the limit of fields.

using namespace sockeye;

namespace {

void checkNode(const Annotation& annotation, int index)
{
    const auto& fields = annotation.fields();
    const Field& field = fields[static_cast<size_t>(index)];
    require(field.size > 0, "an empty field");
    qint64 at = field.offset;
    int row = 0;
    for (int child = field.firstChild; child >= 0; child = fields[static_cast<size_t>(child)].nextSibling) {
        const Field& c = fields[static_cast<size_t>(child)];
        require(c.parent == index && child > index && c.row == row && c.offset == at, "a child out of place");
        at += c.size;
        ++row;
    }
    require(row == field.childCount, "a wrong count of children");
    require(row == 0 || at == field.offset + field.size, "a node that is not its children");
    require(!annotation.label(index).isEmpty() && annotation.value(index).size() < 430, "no label or a long value");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (input.isEmpty()) {
        return 0;
    }
    const auto choice = static_cast<uchar>(input[0]);
    AnnotateOptions options;
    options.maxFields = choice & 0x40 ? choice & 0x3f : 20'000;
    options.checked = (choice & 0x20) != 0;
    const ProtocolPtr kind = choice < 0x80 ? appProtocol() : choice < 0xc0 ? rawProtocol() : linesProtocol();
    const Annotation annotation = annotate(kind, input.sliced(1), options);
    qint64 covered = 0;
    for (int i = 0; i < static_cast<int>(annotation.fields().size()); ++i) {
        const Field& field = annotation.fields()[static_cast<size_t>(i)];
        checkNode(annotation, i);
        if (field.firstChild < 0) {
            require(field.offset == covered, "a gap between leaves");
            require(annotation.leafAt(covered) == i, "a leaf that is not found");
            covered += field.size;
        }
    }
    require(covered == annotation.bytes().size(), "bytes in no leaf");
    require(!annotation.path(annotation.leafAt(covered / 2)).isEmpty() || covered == 0, "no path");
    if (annotation.error()) {
        require(annotation.error()->offset >= 0 && annotation.error()->offset <= covered, "an error out of place");
    }
    return 0;
}
