// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/comparison/byte_anchors.h"

#include <algorithm>
#include <bit>

namespace sockeye {

namespace {

constexpr qsizetype blockSize = 32;
constexpr quint64 sumBase = 0x9e37'79b9'7f4a'7c15; // odd
constexpr int mostProbes = 16; // bytes that are made so that their sums collide find less, and take no longer

constexpr qint64 noPlace = -1;
constexpr qint64 severalPlaces = -2;

/// The sum of a block, which moves on byte by byte.
class RollingSum {
public:
    explicit RollingSum(const char* block)
    {
        for (qsizetype i = 0; i < blockSize; ++i) {
            m_sum = m_sum * sumBase + valueOf(block[i]);
        }
        for (qsizetype i = 1; i < blockSize; ++i) {
            m_first *= sumBase;
        }
    }
    void move(char leaves, char comes) { m_sum = (m_sum - valueOf(leaves) * m_first) * sumBase + valueOf(comes); }
    [[nodiscard]] quint64 sum() const { return m_sum; }

private:
    static quint64 valueOf(char byte) { return static_cast<uchar>(byte) + quint64(1); }
    quint64 m_sum = 0;
    quint64 m_first = 1;
};

struct Block {
    quint64 sum = 0;
    qint64 left = noPlace; ///< where it is; noPlace: free
    qint64 right = noPlace;
};

/// Blocks by their sums.
class BlockTable {
public:
    explicit BlockTable(qint64 blocks)
        : m_bits(static_cast<int>(std::bit_width(static_cast<quint64>(2 * blocks))))
        , m_blocks(std::size_t(1) << m_bits)
    {
    }
    /// The one with that sum, or a free one that may have it; null where there is no room nearby.
    Block* find(quint64 sum)
    {
        std::size_t at = static_cast<std::size_t>((sum * sumBase) >> (64 - m_bits));
        for (int probe = 0; probe < mostProbes; ++probe) {
            Block& block = m_blocks[at];
            if (block.left == noPlace || block.sum == sum) {
                return &block;
            }
            at = (at + 1) & (m_blocks.size() - 1);
        }
        return nullptr;
    }
    [[nodiscard]] const std::vector<Block>& all() const { return m_blocks; }

private:
    int m_bits;
    std::vector<Block> m_blocks;
};

/// The most of them that go forward on both sides; they are in the order of the left one.
std::vector<ByteAnchor> longestForward(const std::vector<ByteAnchor>& blocks)
{
    std::vector<std::size_t> ends; // of the best chain of each length: the one that ends first
    std::vector<std::size_t> before(blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto place = std::lower_bound(ends.begin(), ends.end(), blocks[i].right,
            [&](std::size_t end, qint64 right) { return blocks[end].right < right; });
        before[i] = place == ends.begin() ? i : *(place - 1);
        if (place == ends.end()) {
            ends.push_back(i);
        } else {
            *place = i;
        }
    }
    std::vector<ByteAnchor> chain(ends.size());
    std::size_t at = ends.empty() ? 0 : ends.back();
    for (std::size_t i = chain.size(); i-- > 0; at = before[at]) {
        chain[i] = blocks[at];
    }
    return chain;
}

} // namespace

std::vector<ByteAnchor> byteAnchors(QByteArrayView left, QByteArrayView right)
{
    if (left.size() < blockSize || right.size() < blockSize) {
        return {};
    }
    BlockTable table(left.size() / blockSize);
    for (qsizetype at = 0; at + blockSize <= left.size(); at += blockSize) {
        const quint64 sum = RollingSum(left.data() + at).sum();
        if (Block* block = table.find(sum)) {
            block->left = block->left == noPlace ? at : severalPlaces;
            block->sum = sum;
        }
    }
    RollingSum sum(right.data());
    for (qsizetype at = 0;; ++at) {
        Block* block = table.find(sum.sum());
        if (block != nullptr && block->left >= 0
            && left.sliced(block->left, blockSize) == right.sliced(at, blockSize)) {
            block->right = block->right == noPlace ? at : severalPlaces;
        }
        if (at + blockSize >= right.size()) {
            break;
        }
        sum.move(right[at], right[at + blockSize]);
    }
    std::vector<ByteAnchor> blocks;
    for (const Block& block : table.all()) {
        if (block.left >= 0 && block.right >= 0) {
            blocks.push_back({ block.left, block.right, blockSize });
        }
    }
    std::sort(blocks.begin(), blocks.end(), [](const ByteAnchor& a, const ByteAnchor& b) { return a.left < b.left; });
    std::vector<ByteAnchor> anchors;
    qint64 leftEnd = 0;
    qint64 rightEnd = 0;
    for (ByteAnchor anchor : longestForward(blocks)) {
        if (anchor.left < leftEnd || anchor.right < rightEnd) {
            continue; // the one before it grew over it
        }
        while (anchor.left > leftEnd && anchor.right > rightEnd && left[anchor.left - 1] == right[anchor.right - 1]) {
            --anchor.left;
            --anchor.right;
            ++anchor.size;
        }
        while (anchor.left + anchor.size < left.size() && anchor.right + anchor.size < right.size()
            && left[anchor.left + anchor.size] == right[anchor.right + anchor.size]) {
            ++anchor.size;
        }
        leftEnd = anchor.left + anchor.size;
        rightEnd = anchor.right + anchor.size;
        anchors.push_back(anchor);
    }
    return anchors;
}

} // namespace sockeye
