// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/left_captures.h"

#include "app/formats/reader/packet_source.h"
#include "app/storage/file_copy.h"
#include "app/storage/file_store.h"
#include "app/storage/spool_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>

namespace sockeye {

namespace {

const auto spools = QStringLiteral("capture-*.pcapng");
const auto keptOnes = QStringLiteral("recovered-*.pcapng");
// Between its making and its lock a spool has this name: one that is still there was given up at that moment.
const auto notYetLocked = QStringLiteral("capture-*.new");

void removeNotYetLocked(const QDir& folder)
{
    const QDateTime aMinuteAgo = QDateTime::currentDateTime().addSecs(-60);
    for (const QFileInfo& entry : folder.entryInfoList({ notYetLocked }, QDir::Files)) {
        if (entry.lastModified() < aMinuteAgo) {
            QFile::remove(entry.filePath());
        }
    }
}

} // namespace

std::shared_ptr<LeftCapture> LeftCapture::claim(const QString& file)
{
    SystemFile locked = SystemFile::openLocked(file);
    const std::optional<FileFacts> facts = locked.facts();
    if (!facts) {
        return nullptr;
    }
    std::shared_ptr<LeftCapture> claimed(new LeftCapture);
    claimed->m_locked = std::move(locked);
    claimed->m_file = file;
    claimed->m_size = facts->size;
    claimed->m_lastWritten = QDateTime::fromSecsSinceEpoch(facts->changed);
    return claimed;
}

bool LeftCapture::holdsAnything() const
{
    const FileStore store(m_file);
    FileWindow window(store);
    const std::unique_ptr<PacketSource> source = newPacketSource(window);
    return source && source->next();
}

Failure LeftCapture::discard()
{
    QFile file(m_file);
    return file.remove() || !file.exists() ? Failure() : makeFailure(FailureCode::Other, m_file, file.errorString());
}

Failure LeftCapture::keep()
{
    const QFileInfo info(m_file);
    // The last part of the name is what makes it one of a kind.
    const QString name = info.path() + u"/recovered-" + m_lastWritten.toString(QStringLiteral("yyyy-MM-dd-HH.mm.ss"))
        + u'-' + info.completeBaseName().section(u'-', -1) + u".pcapng";
    QFile file(m_file);
    if (!file.rename(name)) {
        return makeFailure(FailureCode::Other, m_file, file.errorString());
    }
    m_file = name;
    return {};
}

Failure LeftCapture::moveTo(const QString& file)
{
    const int error = renameFile(m_file, file);
    if (error == 0) {
        m_file = file;
        return {};
    }
    if (error != EXDEV) {
        return spoolFailure(file, error);
    }
    const FileStore store(m_file);
    if (Failure failure = copyBytes(store, store.readableEnd(), file)) {
        return failure;
    }
    return discard();
}

std::vector<std::shared_ptr<LeftCapture>> claimLeftCaptures(const QString& folder, const SpoolRetention& retention)
{
    const QDir inside(folder);
    removeNotYetLocked(inside);
    std::vector<std::shared_ptr<LeftCapture>> all;
    for (const QString& name : inside.entryList({ spools, keptOnes }, QDir::Files)) {
        if (auto claimed = LeftCapture::claim(inside.filePath(name))) {
            all.push_back(std::move(claimed));
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->lastWritten() > b->lastWritten(); });
    const QDateTime oldest = QDateTime::currentDateTime().addDays(-retention.days);
    std::vector<std::shared_ptr<LeftCapture>> offered;
    qint64 bytes = 0;
    for (auto& each : all) {
        const bool tooOld = retention.days > 0 && each->lastWritten() < oldest;
        const bool tooMuch = retention.bytes > 0 && bytes + each->size() > retention.bytes;
        if (tooOld || tooMuch || !each->holdsAnything()) {
            (void)each->discard(); // if it cannot be, the next start tries again
            continue;
        }
        bytes += each->size();
        if (QDir::match(spools, QFileInfo(each->file()).fileName())) {
            offered.push_back(std::move(each));
        }
    }
    return offered;
}

} // namespace sockeye
