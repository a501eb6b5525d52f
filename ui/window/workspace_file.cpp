// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/workspace_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace sockeye {

namespace {

constexpr int formatVersion = 1;
constexpr qint64 largestFile = 1024 * 1024;
constexpr qsizetype mostPages = 100;

QString workspaceText(const char* text)
{
    return QCoreApplication::translate("sockeye::Workspace", text);
}

tl::unexpected<Failure> unreadable(const QString& what, const QString& meaning, const QString& advice)
{
    return tl::unexpected(Failure { FailureCode::Other, what, meaning, advice });
}

tl::unexpected<Failure> noWorkspace(const QString& subject)
{
    return unreadable(workspaceText("“%1” is not a Sockeye workspace.").arg(subject),
        workspaceText("It should hold a JSON object that says which pages are open."),
        workspaceText("If it is a capture, give it its own ending (.pcapng or .pcap) and open it again."));
}

} // namespace

QJsonObject toJson(const Workspace& workspace)
{
    QJsonArray pages;
    for (const WorkspaceEntry& entry : workspace.entries) {
        QJsonObject object { { QStringLiteral("page"), entry.page }, { QStringLiteral("side"), entry.side } };
        if (!entry.window.isEmpty()) {
            object.insert(QStringLiteral("window"), QString::fromLatin1(entry.window.toBase64()));
        }
        pages.append(object);
    }
    return {
        { QStringLiteral("sockeyeWorkspace"), formatVersion },
        { QStringLiteral("pages"), pages },
        { QStringLiteral("current"), workspace.current },
        { QStringLiteral("split"),
            workspace.split == Qt::Vertical ? QStringLiteral("vertical") : QStringLiteral("horizontal") },
    };
}

tl::expected<Workspace, Failure> workspaceFromJson(const QJsonObject& object, const QString& subject)
{
    const QJsonValue version = object.value(QStringLiteral("sockeyeWorkspace"));
    if (!version.isDouble()) {
        return noWorkspace(subject);
    }
    if (version.toDouble() > formatVersion) {
        return unreadable(workspaceText("“%1” was written by a newer Sockeye.").arg(subject),
            workspaceText("Its format is version %1, this program knows version %2.")
                .arg(QString::number(version.toDouble()), QString::number(formatVersion)),
            workspaceText("Open it with a newer Sockeye."));
    }
    Workspace workspace;
    const QJsonArray pages = object.value(QStringLiteral("pages")).toArray();
    for (const auto& value : pages) {
        const QJsonObject entry = value.toObject();
        const QJsonObject page = entry.value(QStringLiteral("page")).toObject();
        if (page.value(QStringLiteral("kind")).isString() && workspace.entries.size() < mostPages) {
            workspace.entries.append({ page, entry.value(QStringLiteral("side")).toInt() == 1 ? 1 : 0,
                QByteArray::fromBase64(entry.value(QStringLiteral("window")).toString().toLatin1()) });
        }
    }
    workspace.current = object.value(QStringLiteral("current")).toInt();
    if (workspace.current < 0 || workspace.current >= workspace.entries.size()) {
        workspace.current = 0;
    }
    if (object.value(QStringLiteral("split")).toString() == u"vertical") {
        workspace.split = Qt::Vertical;
    }
    return workspace;
}

tl::expected<Workspace, Failure> readWorkspaceFile(const QString& file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly)) {
        return unreadable(workspaceText("“%1” could not be read.").arg(file), input.errorString() + u'.',
            workspaceText("Check that the file is there and that you may read it."));
    }
    if (input.size() > largestFile) {
        return noWorkspace(file);
    }
    const QJsonDocument document = QJsonDocument::fromJson(input.read(largestFile));
    if (!document.isObject()) {
        return noWorkspace(file);
    }
    return workspaceFromJson(document.object(), file);
}

Failure writeWorkspaceFile(const QString& file, const Workspace& workspace)
{
    QSaveFile output(file);
    const QByteArray text = QJsonDocument(toJson(workspace)).toJson();
    if (output.open(QIODevice::WriteOnly) && output.write(text) == text.size() && output.commit()) {
        return {};
    }
    return { FailureCode::Other, workspaceText("The workspace could not be saved as “%1”.").arg(file),
        output.errorString() + u'.', workspaceText("Choose another folder, or make room on the disk.") };
}

bool isWorkspaceFile(const QString& file)
{
    return QFileInfo(file).suffix().compare(u"sockeye", Qt::CaseInsensitive) == 0;
}

} // namespace sockeye
