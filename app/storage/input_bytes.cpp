// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/input_bytes.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <cstdio>
#include <mutex>

namespace sockeye {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

QString inputText(const char* text)
{
    return QCoreApplication::translate("sockeye::InputBytes", text);
}

struct KeptInputs {
    std::mutex mutex;
    QHash<QString, QByteArray> byName;
};

KeptInputs& keptInputs()
{
    static KeptInputs inputs;
    return inputs;
}

QString shownInput(const QString& name)
{
    return name == u"-" ? inputText("Standard input") : name;
}

tl::expected<QByteArray, QString> readNow(const QString& name, qint64 most)
{
    QFile file(name);
    if (name == u"-" ? !file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
                     : !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return tl::unexpected(inputText("%1 cannot be read: %2.").arg(shownInput(name), file.errorString()));
    }
    QByteArray bytes;
    bytes.reserve(std::clamp<qint64>(file.size() + 1, 0, most + 1));
    for (;;) {
        const qsizetype before = bytes.size();
        const qint64 wanted = std::min(pieceSize, most + 1 - before);
        bytes.resize(before + wanted);
        const qint64 count = file.read(bytes.data() + before, wanted);
        bytes.resize(before + std::max<qint64>(count, 0));
        if (bytes.size() > most) {
            return tl::unexpected(
                inputText("%1 is too large: it has more than %2 bytes.").arg(shownInput(name), QString::number(most)));
        }
        if (count <= 0) {
            break;
        }
    }
    if (file.error() != QFileDevice::NoError) {
        return tl::unexpected(inputText("%1 cannot be read: %2.").arg(shownInput(name), file.errorString()));
    }
    return bytes;
}

} // namespace

bool isInputStream(const QString& name)
{
    const QFileInfo info(name);
    return name == u"-" || (info.exists() && !info.isFile() && !info.isDir());
}

tl::expected<QByteArray, QString> inputBytes(const QString& name, qint64 most)
{
    if (!isInputStream(name)) {
        return QFileInfo(name).isDir() ? tl::unexpected(inputText("%1 is a folder.").arg(name)) : readNow(name, most);
    }
    if (auto kept = keptInput(name)) {
        return *std::move(kept);
    }
    auto bytes = readNow(name, most);
    if (bytes) {
        KeptInputs& inputs = keptInputs();
        const std::lock_guard lock(inputs.mutex);
        inputs.byName.insert(name, *bytes);
    }
    return bytes;
}

std::optional<QByteArray> keptInput(const QString& name)
{
    KeptInputs& inputs = keptInputs();
    const std::lock_guard lock(inputs.mutex);
    const auto at = inputs.byName.constFind(name);
    return at == inputs.byName.constEnd() ? std::nullopt : std::optional(*at);
}

} // namespace sockeye
