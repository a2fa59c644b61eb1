#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <cmath>

namespace likeness {
namespace {

struct Format {
  Q_DECLARE_TR_FUNCTIONS(likeness::Format)
};

}  // namespace

QString formatDuration(double seconds) {
  if (!(seconds >= 0)) return {};
  const auto whole = static_cast<qint64>(std::ceil(seconds));
  if (whole < 60) return Format::tr("%1 s").arg(whole);
  if (whole < 600) return Format::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  if (whole < 3600) return Format::tr("%1 min").arg((whole + 30) / 60);
  return Format::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString formatBytes(std::uint64_t bytes) {
  const double megabytes = static_cast<double>(bytes) / (1024.0 * 1024.0);
  if (megabytes >= 100) {
    const double gigabytes = megabytes / 1024;
    return Format::tr("%1 GB").arg(QLocale().toString(gigabytes, 'f', gigabytes < 10 ? 1 : 0));
  }
  return Format::tr("%1 MB").arg(QLocale().toString(megabytes, 'f', megabytes < 10 ? 1 : 0));
}

QString withArticle(const QString& noun) {
  const bool vowel = !noun.isEmpty() && QStringLiteral("aeiou").contains(noun.front().toLower());
  return (vowel ? QStringLiteral("an ") : QStringLiteral("a ")) + noun;
}

QString plural(const QString& noun) {
  if (noun.isEmpty()) return noun;
  static const QHash<QString, QString> kIrregular = {
      {QStringLiteral("person"), QStringLiteral("people")}, {QStringLiteral("man"), QStringLiteral("men")},
      {QStringLiteral("woman"), QStringLiteral("women")},   {QStringLiteral("child"), QStringLiteral("children")},
      {QStringLiteral("sheep"), QStringLiteral("sheep")},   {QStringLiteral("fish"), QStringLiteral("fish")},
      {QStringLiteral("wolf"), QStringLiteral("wolves")},   {QStringLiteral("glasses"), QStringLiteral("glasses")},
      {QStringLiteral("sunglasses"), QStringLiteral("sunglasses")}};
  const qsizetype space = noun.lastIndexOf(u' ') + 1;
  const QString last = noun.mid(space);
  if (const auto found = kIrregular.find(last); found != kIrregular.end()) return noun.left(space) + *found;
  const QChar end = last.isEmpty() ? QChar() : last.back();
  const bool consonantY = end == u'y' && last.size() > 1 && !QStringLiteral("aeiou").contains(last.at(last.size() - 2));
  if (consonantY) return noun.chopped(1) + QStringLiteral("ies");
  if (end == u's' || end == u'x' || last.endsWith(QStringLiteral("ch")) || last.endsWith(QStringLiteral("sh"))) {
    return noun + QStringLiteral("es");
  }
  return noun + u's';
}

}  // namespace likeness
