// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_script.h"

#include <algorithm>
#include <numeric>

namespace sockeye {

namespace {

constexpr qsizetype batchBytes = 256 * 1024; // a write of more than the kernel takes at once gains nothing

std::vector<int> weightsOf(const LoadPlan& plan)
{
    std::vector<int> weights;
    for (const LoadRequest& request : plan.mix) {
        weights.push_back(request.weight);
    }
    return weights;
}

qsizetype largestRequest(const LoadPlan& plan)
{
    qsizetype largest = 1;
    for (const LoadRequest& request : plan.mix) {
        largest = std::max(largest, request.bytes.size());
    }
    return largest;
}

qsizetype batchOf(const LoadPlan& plan)
{
    return std::clamp<qsizetype>(batchBytes / largestRequest(plan), 1, plan.outstanding());
}

} // namespace

std::vector<int> LoadScript::sequence(std::vector<int> weights)
{
    int common = 0;
    for (int& weight : weights) {
        weight = std::max(weight, 0);
        common = std::gcd(common, weight);
    }
    if (common == 0) {
        return {};
    }
    int total = 0;
    for (int& weight : weights) {
        weight /= common;
        total += weight;
    }
    // Each turn all gain their weight, and who has most pays for all and is taken.
    std::vector<int> sequence;
    std::vector<int> credit(weights.size(), 0);
    for (int i = 0; i < total; ++i) {
        for (std::size_t k = 0; k < weights.size(); ++k) {
            credit[k] += weights[k];
        }
        const auto richest = std::max_element(credit.begin(), credit.end());
        *richest -= total;
        sequence.push_back(static_cast<int>(richest - credit.begin()));
    }
    return sequence;
}

bool LoadScript::hasReply(QByteArrayView bytes) const
{
    return std::ranges::any_of(m_replies, [bytes](const QByteArray& reply) { return bytes == reply; });
}

bool LoadScript::fits(const LoadPlan& plan)
{
    qint64 bytes = batchOf(plan) * largestRequest(plan);
    for (const int index : sequence(weightsOf(plan))) {
        bytes += plan.mix[index].bytes.size();
    }
    return bytes <= maxBytes;
}

LoadScript::LoadScript(const LoadPlan& plan, const std::vector<QByteArray>& replies)
    : m_replies(replies)
    , m_sequence(sequence(weightsOf(plan)))
    , m_length(static_cast<qsizetype>(m_sequence.size()))
    , m_batch(batchOf(plan))
{
    for (qsizetype i = 0; i < m_length + m_batch; ++i) {
        m_offsets.push_back(m_bytes.size());
        m_bytes += plan.mix[m_sequence[static_cast<std::size_t>(i % m_length)]].bytes;
    }
    m_offsets.push_back(m_bytes.size());
}

} // namespace sockeye
