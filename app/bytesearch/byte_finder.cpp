// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_finder.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Where matches are nearer to each other, most are found before it would have said that there is one.
constexpr qsizetype worthASieve = 4096; // bytes

} // namespace

void ByteFinder::begin(qint64 offset)
{
    m_window.resize(0);
    m_offset = offset;
    m_from = 0;
    m_soFar = 0;
    m_told = -1;
}

bool ByteFinder::add(QByteArrayView bytes, bool isLast, const Found& found)
{
    return m_matcher->needle().isPattern() ? addToPattern(bytes, isLast, found) : addToBytes(bytes, found);
}

bool ByteFinder::findBytes(QByteArrayView window, qsizetype& from, const Found& found)
{
    const qsizetype size = m_matcher->needle().bytes().size();
    for (qsizetype at = m_matcher->find(window, from); at >= 0; at = m_matcher->find(window, from)) {
        from = at + size;
        if (!found(m_offset + at, size)) {
            return false;
        }
    }
    return true;
}

/// Bytes are looked at where they lie. Only a beginning of the needle at their end is kept, and looked at together with
/// as many of the next ones as it can go on in.
bool ByteFinder::addToBytes(QByteArrayView bytes, const Found& found)
{
    m_matcher->learn(bytes);
    qsizetype from = 0;
    if (const qsizetype kept = m_window.size(); kept > 0) {
        const qsizetype ahead = std::min(bytes.size(), m_matcher->needle().bytes().size() - 1);
        m_window.append(bytes.first(ahead));
        if (!findBytes(m_window, from, found)) {
            return false;
        }
        if (ahead == bytes.size()) { // all of them
            const qsizetype begun = m_matcher->begun(m_window, from);
            m_window.remove(0, begun);
            m_offset += begun;
            return true;
        }
        from = std::max<qsizetype>(from - kept, 0);
        m_offset += kept;
        m_window.resize(0);
    }
    if (!findBytes(bytes, from, found)) {
        return false;
    }
    const qsizetype begun = m_matcher->begun(bytes, from);
    m_window.append(bytes.sliced(begun));
    m_offset += begun;
    return true;
}

/// As much is gathered as is worth looking at: what is not sure yet is looked at again with what follows.
bool ByteFinder::addToPattern(QByteArrayView bytes, bool isLast, const Found& found)
{
    const qsizetype reach = m_matcher->reach();
    QByteArrayView window = bytes;
    if (!m_window.isEmpty() || (!isLast && bytes.size() < 2 * reach)) {
        m_window.append(bytes);
        window = m_window;
    }
    if (!isLast && window.size() - m_from < 2 * reach) {
        return true;
    }
    if (!findPattern(window, isLast ? window.size() : window.size() - reach, false, found)) {
        return false;
    }
    const qsizetype passed = std::max<qsizetype>(m_from - 1, 0);
    m_window = window.sliced(passed).toByteArray();
    m_offset += passed;
    m_from -= passed;
    m_soFar = 0;
    return true;
}

bool ByteFinder::lookSoFar(const Found& found)
{
    if (!m_matcher->needle().isPattern() || m_soFar == m_window.size()) {
        return true;
    }
    m_soFar = m_window.size();
    return findPattern(m_window, m_window.size(), true, found);
}

/// Matches that begin before `sure`. So far: what touches the end stays to be looked at, and nothing is passed over.
bool ByteFinder::findPattern(QByteArrayView window, qsizetype sure, bool isSoFar, const Found& found)
{
    qsizetype passed = worthASieve; // without a match
    for (qsizetype from = m_from; from < sure;) {
        // With the byte before: the expression may ask for it.
        if (passed >= worthASieve && !m_matcher->mayBeIn(window.sliced(std::max<qsizetype>(from - 1, 0)))) {
            break;
        }
        const filter::Pattern::Match match = m_matcher->needle().pattern().findInBytes(window, from);
        if (match.offset < 0 || match.offset >= sure) {
            break; // what follows may make it another one
        }
        passed = match.offset - from;
        if (match.size == 0) {
            from = match.offset + 1;
            continue;
        }
        const qsizetype size = std::min(match.size, m_matcher->reach());
        const bool isOpen = isSoFar && match.offset + size == window.size();
        from = match.offset + size;
        m_from = isOpen ? match.offset : from;
        if (m_offset + match.offset > m_told) {
            m_told = m_offset + match.offset;
            if (!found(m_told, size)) {
                return false;
            }
        }
        if (isOpen) {
            return true;
        }
    }
    if (!isSoFar) {
        m_from = std::max(m_from, sure);
    }
    return true;
}

} // namespace sockeye
