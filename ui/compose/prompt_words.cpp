#include "ui/compose/prompt_words.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace likeness {
namespace {

constexpr int kShortest = 3;

constexpr const char* kWords =
    "acrylic afternoon alley aquarelle autumn backlight balcony bamboo beach bedroom black blossom blue blurry bokeh "
    "bookshelf bricks bridge brown cabin cafe candlelight canvas carpet cartoon castle charcoal chair cinematic city "
    "close-up clouds coast colourful comic concrete cosy courtyard cyberpunk dawn desert detailed digital dramatic "
    "dusk "
    "evening field film fireplace flowers flying foggy forest fountain full-body garden glass golden grass green grey "
    "harbour hill house illustration indoors jumping jungle kitchen lake lamp landscape lantern lavender leaves "
    "library "
    "lying macro marble market meadow minimalist misty moon moonlight morning mountains museum neon night ocean oil "
    "orange outdoors outside painting paper park pastel pencil photo pink plain pond portrait purple rain rainbow "
    "realistic red river road rocks roof running sand sea sculpture shadow side-view silhouette sitting sketch sky "
    "sleeping smiling snow soft sofa spring standing stars stone storm street studio summer sunflower sunlight sunny "
    "sunrise sunset swimming table train tree turquoise twilight underwater vase vintage violet walking wall warm "
    "water "
    "watercolour wearing white wide-angle window winter wooden yellow";

}  // namespace

const QStringList& commonPromptWords() {
  static const QStringList kList = QString::fromLatin1(kWords).split(' ');
  return kList;
}

QStringList promptWords(const QStringList& prompts) {
  static const QRegularExpression kWord(QStringLiteral("[\\p{L}][\\p{L}'-]*"));
  QSet<QString> words(commonPromptWords().begin(), commonPromptWords().end());
  for (const auto& prompt : prompts) {
    for (auto found = kWord.globalMatch(prompt); found.hasNext();) {
      const auto word = found.next().captured().toLower();
      if (word.size() >= kShortest) words.insert(word);
    }
  }
  QStringList sorted(words.begin(), words.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace likeness
