// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_sieve.h"

namespace sockeye {

struct ByteSieve::Engine { };

ByteSieve::ByteSieve(std::unique_ptr<Engine> engine)
    : m_engine(std::move(engine))
{
}

ByteSieve::~ByteSieve() = default;

bool ByteSieve::isThere()
{
    return false;
}

std::unique_ptr<ByteSieve> ByteSieve::make(const QByteArray& /*expression*/)
{
    return nullptr;
}

bool ByteSieve::mayBeIn(QByteArrayView /*bytes*/) const
{
    return true;
}

} // namespace sockeye
