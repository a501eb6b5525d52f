// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/description_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sockeye {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("descriptions", text);
}

tl::expected<QByteArray, QString> readDescription(const QString& name)
{
    QFile file(name);
    if (!QFileInfo(name).isFile()) {
        return tl::unexpected(QFileInfo::exists(name) ? say("This is no file.") : say("There is no such file."));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(file.errorString() + u'.');
    }
    const QByteArray text = file.read(largestDescription);
    return file.error() == QFileDevice::NoError ? tl::expected<QByteArray, QString>(text)
                                                : tl::unexpected(QString(file.errorString() + u'.'));
}

/// The folders in which `name` is looked for.
QStringList foldersFor(const QString& name, const QString& from, const QString& main)
{
    QStringList folders;
    folders.append(QFileInfo(name.startsWith(u'/') ? main : from).path());
    folders += qEnvironmentVariable("KSPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    return folders;
}

} // namespace

tl::expected<std::shared_ptr<const kaitai::Description>, QList<kaitai::Mistake>> loadDescription(
    const QString& fileName)
{
    const auto text = readDescription(fileName);
    if (!text) {
        return tl::unexpected(QList<kaitai::Mistake> { { { fileName, {}, 0, 0 }, text.error() } });
    }
    return loadDescription(fileName, *text);
}

tl::expected<std::shared_ptr<const kaitai::Description>, QList<kaitai::Mistake>> loadDescription(
    const QString& fileName, const QByteArray& text)
{
    const QString mainFile = QDir::cleanPath(fileName);
    const auto importer = [&](const QString& name, const QString& from) -> std::optional<kaitai::Source> {
        const QString relative = name.startsWith(u'/') ? name.mid(1) : name;
        for (const QString& folder : foldersFor(name, from, mainFile)) {
            const QString candidate = QDir::cleanPath(QString(folder + u'/' + relative + QStringLiteral(".ksy")));
            if (const auto found = readDescription(candidate)) {
                return kaitai::Source { candidate, *found };
            }
        }
        return std::nullopt;
    };
    return kaitai::load({ mainFile, text }, importer);
}

} // namespace sockeye
