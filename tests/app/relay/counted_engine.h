// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"

#include <atomic>
#include <memory>
#include <utility>

namespace sockeye {

/// The engine that this program of tests runs on, which counts what its passers move.
class CountedEngine final : public Engine {
public:
    [[nodiscard]] QLatin1StringView id() const override { return m_engine.id(); }
    [[nodiscard]] QString title() const override { return m_engine.title(); }
    [[nodiscard]] const EngineCapabilities& capabilities() const override { return m_engine.capabilities(); }
    [[nodiscard]] QStringList limits() const override { return m_engine.limits(); }
    [[nodiscard]] std::unique_ptr<Stream> newStream(Stream::Owner* owner) const override
    {
        return m_engine.newStream(owner);
    }
    [[nodiscard]] std::unique_ptr<Acceptor> newAcceptor(Acceptor::Owner& owner) const override
    {
        return m_engine.newAcceptor(owner);
    }
    [[nodiscard]] std::unique_ptr<DatagramSocket> newDatagramSocket(DatagramSocket::Owner* owner) const override
    {
        return m_engine.newDatagramSocket(owner);
    }
    [[nodiscard]] std::unique_ptr<Passer> newPasser() const override
    {
        std::unique_ptr<Passer> passer = m_engine.newPasser();
        return passer ? std::make_unique<CountedPasser>(*this, std::move(passer)) : nullptr;
    }

    [[nodiscard]] bool hasPassers() const { return m_engine.newPasser() != nullptr; }
    [[nodiscard]] qint64 passed() const { return m_passed; } ///< bytes that nobody saw
    [[nodiscard]] qint64 left() const { return m_left; } ///< bytes that were taken, and for which there was no room

private:
    class CountedPasser final : public Passer {
    public:
        CountedPasser(const CountedEngine& engine, std::unique_ptr<Passer> passer)
            : m_engine(engine)
            , m_passer(std::move(passer))
        {
        }
        [[nodiscard]] bool canPass(const Stream& from, const Stream& to) override
        {
            return m_passer->canPass(from, to);
        }
        [[nodiscard]] Passed pass(Stream& from, Stream& to, std::span<char> left) override
        {
            const Passed passed = m_passer->pass(from, to, left);
            m_engine.m_passed += passed.given.size;
            m_engine.m_left += passed.taken.size - passed.given.size;
            return passed;
        }

    private:
        const CountedEngine& m_engine;
        std::unique_ptr<Passer> m_passer;
    };

    const Engine& m_engine = defaultEngine();
    mutable std::atomic<qint64> m_passed = 0;
    mutable std::atomic<qint64> m_left = 0;
};

} // namespace sockeye
