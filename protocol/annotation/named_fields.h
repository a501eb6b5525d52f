// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation_builder.h"

#include <memory>

namespace sockeye {

/// Names that were given to single fields while a tree grew, with what they say; the words that go with its kind do for
/// a field that got none.
class FieldNameList final : public FieldTexts {
public:
    struct Name {
        int field = 0;
        QString label; ///< null: that of its kind
        QString value; ///< null: that of its kind
        qint64 whole = -1; ///< bytes of an unfinished field when it is whole; -1 where nobody knows
    };
    void add(Name name) { m_names.push_back(std::move(name)); } ///< fields in ascending order

    [[nodiscard]] std::optional<QString> label(const Annotation& annotation, int field) const override;
    [[nodiscard]] std::optional<QString> value(const Annotation& annotation, int field) const override;
    [[nodiscard]] qint64 wholeSize(const Annotation& annotation, int field) const override;

private:
    [[nodiscard]] const Name* find(int field) const;
    std::vector<Name> m_names;
};

/// Grows a tree whose fields have names of their own. Labels are English, to be translated in the context
/// "sockeye::Annotation"; values stay as they are.
class NamedFields {
public:
    explicit NamedFields(AnnotationBuilder& builder);

    void open(FieldKind kind, const char* label, qint64 offset, const QString& value = {});
    /// The same with a name that the message itself gives.
    void openNamed(FieldKind kind, const QString& name, qint64 offset, const QString& value = {});
    void close(qint64 end, bool unfinished = false) { m_builder.close(end, unfinished); }
    /// Over [begin, end); nothing where that is empty.
    void leaf(FieldKind kind, const char* label, qint64 begin, qint64 end, const QString& value = {});
    /// The same with a name that the message itself gives.
    void leafNamed(FieldKind kind, const QString& name, qint64 begin, qint64 end, const QString& value = {});
    /// One that should have `whole` bytes (-1: nobody knows) and is cut off by the end of the bytes.
    void cutLeaf(FieldKind kind, const char* label, qint64 begin, qint64 end, qint64 whole = -1);
    void punctuation(qint64 begin, qint64 end) { m_builder.leaf(FieldKind::Punctuation, begin, end); }

    [[nodiscard]] AnnotationBuilder& builder() { return m_builder; }
    [[nodiscard]] const AnnotationBuilder& builder() const { return m_builder; }
    /// Whether what comes has to go into one field, because the tree is as large as it may be.
    [[nodiscard]] bool isFull() const { return m_builder.isFull(12); }

private:
    void name(const QString& label, const QString& value, qint64 whole = -1);

    AnnotationBuilder& m_builder;
    std::shared_ptr<FieldNameList> m_names;
};

} // namespace sockeye
