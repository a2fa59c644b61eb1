// The module liblikeness-pictures: see core/data/picture_codec.h. Uses nothing of the program but headers.
#include <OpenImageIO/filesystem.h>
#include <OpenImageIO/imagebuf.h>
#include <OpenImageIO/imagebufalgo.h>
#include <OpenImageIO/imageio.h>

#include "core/data/picture_codec.h"

namespace likeness {
namespace {

OIIO::TypeDesc typeOf(SampleType type) {
  return type == SampleType::U8 ? OIIO::TypeUInt8 : type == SampleType::U16 ? OIIO::TypeUInt16 : OIIO::TypeFloat;
}

OIIO::ImageSpec readerConfig(bool rawColour, OIIO::Filesystem::IOProxy* memory) {
  OIIO::ImageSpec config;
  config.attribute("oiio:UnassociatedAlpha", 1);
  config.attribute("oiio:RawColor", rawColour ? 1 : 0);
  config.attribute("raw:auto_bright", 1);  // as bright as the camera's own JPEG
  config.attribute("raw:ColorSpace", "sRGB");
  void* proxy = memory;
  if (memory != nullptr) config.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &proxy);
  return config;
}

DecodedFormat formatOf(const OIIO::ImageSpec& spec) {
  DecodedFormat format;
  format.width = spec.width;
  format.height = spec.height;
  format.depth = spec.depth;
  format.channels = spec.nchannels;
  format.alphaChannel = spec.alpha_channel;
  format.tileHeight = spec.tile_width > 0 ? std::max(1, spec.tile_height) : 0;
  format.sample = spec.format == OIIO::TypeUInt8    ? SampleType::U8
                  : spec.format == OIIO::TypeUInt16 ? SampleType::U16
                                                    : SampleType::Float;
  format.floating = spec.format.is_floating_point();
  format.deep = spec.deep;
  format.unassociatedAlpha = spec.get_int_attribute("oiio:UnassociatedAlpha", 0) != 0;
  format.photometric = spec.get_int_attribute("tiff:PhotometricInterpretation", -1);
  format.colourSpace = spec.get_string_attribute("oiio:ColorSpace");
  format.jpegColourSpace = spec.get_string_attribute("jpeg:ColorSpace");
  format.tiffColourSpace = spec.get_string_attribute("tiff:ColorSpace");
  return format;
}

class Decoder final : public PictureDecoder {
 public:
  Decoder(std::unique_ptr<OIIO::Filesystem::IOMemReader> memory, std::unique_ptr<OIIO::ImageInput> input)
      : m_memory(std::move(memory)), m_input(std::move(input)), m_format(formatOf(m_input->spec())) {}

  [[nodiscard]] const DecodedFormat& format() const override { return m_format; }

  bool readRows(int begin, int end, int channels, SampleType type, void* pixels) override {
    const auto& spec = m_input->spec();
    if (m_format.tileHeight > 0) {
      return m_input->read_tiles(0, 0, spec.x, spec.x + spec.width, spec.y + begin, spec.y + end, spec.z, spec.z + 1, 0,
                                 channels, typeOf(type), pixels);
    }
    return m_input->read_scanlines(0, 0, spec.y + begin, spec.y + end, spec.z, 0, channels, typeOf(type), pixels);
  }

  std::string complaint() override { return m_input->geterror(); }

 private:
  // In this order, because the input must go first.
  std::unique_ptr<OIIO::Filesystem::IOMemReader> m_memory;
  std::unique_ptr<OIIO::ImageInput> m_input;
  DecodedFormat m_format;
};

const char* writerName(PictureFormat format) {
  constexpr const char* kNames[] = {"png", "jpeg", "webp"};
  return kNames[static_cast<int>(format)];
}

OIIO::ImageSpec specOf(const Image& image) { return {image.width, image.height, 3, OIIO::TypeUInt8}; }

OIIO::ImageSpec writerConfig(const Image& image, PictureFormat format, int quality) {
  auto spec = specOf(image);
  spec.attribute("oiio:ColorSpace", "sRGB");
  if (format == PictureFormat::Jpeg) {
    spec.attribute("Compression", "jpeg:" + std::to_string(quality));
    spec.attribute("jpeg:subsampling", "4:4:4");  // colour edges as sharp as the others
  } else if (format == PictureFormat::WebP) {
    spec.attribute("Compression", "webp:" + std::to_string(quality));
  }
  return spec;
}

class Codec final : public PictureCodec {
 public:
  std::unique_ptr<PictureDecoder> open(const std::filesystem::path& file, std::span<std::uint8_t> bytes,
                                       const char* reader, bool rawColour, bool& known,
                                       std::string& complaint) override {
    std::unique_ptr<OIIO::Filesystem::IOMemReader> memory;
    if (!bytes.empty()) memory = std::make_unique<OIIO::Filesystem::IOMemReader>(bytes.data(), bytes.size());
    auto input = OIIO::ImageInput::create(reader);
    known = input != nullptr;
    OIIO::ImageSpec spec;
    if (known && input->open(file.string(), spec, readerConfig(rawColour, memory.get()))) {
      return std::make_unique<Decoder>(std::move(memory), std::move(input));
    }
    complaint = known ? input->geterror() : OIIO::geterror();
    input.reset();  // before the memory that it reads
    return nullptr;
  }

  std::vector<std::uint8_t> encode(const Image& image, PictureFormat format, int quality,
                                   std::string& complaint) override {
    const std::string name = writerName(format);
    std::vector<std::uint8_t> bytes;
    OIIO::Filesystem::IOVecOutput memory(bytes);
    void* proxy = &memory;
    auto spec = writerConfig(image, format, quality);
    spec.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &proxy);
    auto output = OIIO::ImageOutput::create(name);
    const bool known = output != nullptr && output->supports("ioproxy");
    const bool written = known && output->open("memory." + name, spec) &&
                         output->write_image(OIIO::TypeUInt8, image.rgb.data()) && output->close();
    if (written) return bytes;
    complaint = known ? output->geterror() : OIIO::geterror();
    return {};
  }

  std::string pendingError() override { return OIIO::has_error() ? OIIO::geterror() : std::string(); }

  int textWidth(const std::string& text, int size, const std::string& font) override {
    const auto region = OIIO::ImageBufAlgo::text_size(text, size, font);
    return region.defined() ? region.width() : 0;
  }

  void drawText(Image& image, int x, int y, const std::string& text, int size, const std::string& font,
                std::span<const float, 3> ink) override {
    OIIO::ImageBuf canvas(specOf(image), image.rgb.data());
    OIIO::ImageBufAlgo::render_text(canvas, x, y, text, size, font, {ink.data(), ink.size()});
  }
};

}  // namespace
}  // namespace likeness

extern "C" [[gnu::visibility("default")]] likeness::PictureCodec* likenessPictureCodec() {
  static likeness::Codec codec;
  return &codec;
}
