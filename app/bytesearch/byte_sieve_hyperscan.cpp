// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_sieve.h"

#include <hs/hs.h>

#include <limits>

namespace sockeye {

namespace {

int endAtFirst(unsigned int, unsigned long long, unsigned long long, unsigned int, void* isThere)
{
    *static_cast<bool*>(isThere) = true;
    return 1;
}

} // namespace

struct ByteSieve::Engine {
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine()
    {
        hs_free_scratch(scratch);
        hs_free_database(database);
    }
    hs_database_t* database = nullptr;
    hs_scratch_t* scratch = nullptr;
};

ByteSieve::ByteSieve(std::unique_ptr<Engine> engine)
    : m_engine(std::move(engine))
{
}

ByteSieve::~ByteSieve() = default;

bool ByteSieve::isThere()
{
    return hs_valid_platform() == HS_SUCCESS;
}

std::unique_ptr<ByteSieve> ByteSieve::make(const QByteArray& expression)
{
    if (!isThere() || expression.contains('\0') || !meansNoLess(expression)) {
        return nullptr;
    }
    auto engine = std::make_unique<Engine>();
    hs_compile_error_t* error = nullptr;
    const bool isMade =
        hs_compile(expression.constData(), HS_FLAG_ALLOWEMPTY, HS_MODE_BLOCK, nullptr, &engine->database, &error)
            == HS_SUCCESS
        && hs_alloc_scratch(engine->database, &engine->scratch) == HS_SUCCESS;
    hs_free_compile_error(error);
    return isMade ? std::unique_ptr<ByteSieve>(new ByteSieve(std::move(engine))) : nullptr;
}

bool ByteSieve::mayBeIn(QByteArrayView bytes) const
{
    if (bytes.size() > std::numeric_limits<int>::max()) {
        return true;
    }
    bool isThere = false;
    const hs_error_t ended = hs_scan(m_engine->database, bytes.data(), static_cast<unsigned int>(bytes.size()), 0,
        m_engine->scratch, endAtFirst, &isThere);
    return isThere || ended != HS_SUCCESS;
}

} // namespace sockeye
