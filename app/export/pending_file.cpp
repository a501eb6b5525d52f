// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/pending_file.h"

#include "app/platform/system_error.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>

namespace sockeye {

namespace {

constexpr qsizetype gathered = 256 * 1024;
constexpr int triesForName = 100;

} // namespace

PendingFile::PendingFile(const QString& file)
    : m_name(file)
    , m_target(file)
{
    const QFileInfo facts(file);
    if (facts.isSymLink() && facts.exists()) {
        const QString there = facts.canonicalFilePath(); // empty for /dev/stdout that is a pipe
        m_target = there.isEmpty() ? file : there;
    }
}

PendingFile::~PendingFile()
{
    m_file.close();
    if (!m_temporary.isEmpty() && !m_isDirect) {
        QFile::remove(m_temporary);
    }
}

bool PendingFile::create(Existing existing)
{
    const QFileInfo present(m_target);
    const bool exists = present.exists();
    if (exists && (existing == Existing::Refuse || present.isDir())) {
        return fail(present.isDir() ? EISDIR : EEXIST);
    }
    if (exists && !present.isFile()) { // a device or a pipe: nothing could take its place
        m_file = SystemFile::openToWrite(m_target);
        m_isDirect = true;
        m_temporary = m_target;
        return m_file.isOpen() || fail(m_file.error());
    }
    int error = EEXIST;
    for (int tries = 0; tries < triesForName && error == EEXIST; ++tries) {
        const QString name = m_target + u'.' + QString::number(QRandomGenerator::global()->generate(), 36) + u".part";
        // As a new file of the user's; an old one keeps who may read it.
        m_file = SystemFile::createNew(name);
        if (m_file.isOpen()) {
            m_temporary = name;
            if (exists) {
                m_file.takePermissionsOf(m_target);
            }
            return true;
        }
        error = m_file.error();
    }
    return fail(error);
}

void PendingFile::write(QByteArrayView bytes)
{
    m_pending.append(bytes);
    if (m_pending.size() >= gathered) {
        flush();
    }
}

void PendingFile::flush()
{
    if (!m_failure && m_file.append(m_pending.constData(), m_pending.size()) != 0) {
        fail(m_file.error());
    }
    m_pending.resize(0);
}

bool PendingFile::close()
{
    if (m_file.isOpen()) {
        flush();
        // What does not fit is told by some file systems only now.
        if (!m_failure && m_file.sync() != 0) {
            fail(m_file.error());
        }
        if (m_file.close() != 0 && !m_failure) {
            fail(m_file.error());
        }
    }
    return !m_failure;
}

bool PendingFile::commit()
{
    if (!close()) {
        return false;
    }
    if (m_isDirect) {
        return true;
    }
    if (const int error = renameFile(m_temporary, m_target); error != 0) {
        return fail(error);
    }
    m_temporary.clear();
    return true;
}

bool PendingFile::fail(int error)
{
    m_failure = makeFailure(FailureCode::FileNotWritten, m_name, systemErrorText(error));
    return false;
}

} // namespace sockeye
