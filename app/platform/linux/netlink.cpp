// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/netlink.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace sockeye {

namespace {

constexpr std::size_t bufferSize = 64 * 1024;

} // namespace

int eachDiagAnswer(QByteArrayView bytes, const std::function<void(QByteArrayView body)>& take)
{
    while (bytes.size() >= qsizetype(sizeof(nlmsghdr))) {
        nlmsghdr header {};
        std::memcpy(&header, bytes.data(), sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > static_cast<std::size_t>(bytes.size())) {
            return -EBADMSG;
        }
        const QByteArrayView body = bytes.sliced(sizeof header, header.nlmsg_len - qsizetype(sizeof header));
        if (header.nlmsg_type == NLMSG_DONE) {
            return 1;
        }
        if (header.nlmsg_type == NLMSG_ERROR) {
            qint32 error = 0;
            if (body.size() >= qsizetype(sizeof error)) {
                std::memcpy(&error, body.data(), sizeof error);
            }
            return error < 0 ? error : -EIO;
        }
        if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY) {
            take(body);
        }
        const qsizetype step = NLMSG_ALIGN(header.nlmsg_len);
        bytes = step < bytes.size() ? bytes.sliced(step) : QByteArrayView();
    }
    return 0;
}

int readDiagDump(const Netlink& netlink, const std::function<int(QByteArrayView bytes)>& parse)
{
    std::array<char, bufferSize> buffer {};
    for (;;) {
        const ssize_t size = ::recv(netlink.descriptor(), buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return size < 0 ? errno : EIO;
        }
        const int end = parse({ buffer.data(), qsizetype(size) });
        if (end != 0) {
            return end > 0 ? 0 : -end;
        }
    }
}

} // namespace sockeye
