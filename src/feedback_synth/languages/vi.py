"""Vietnamese."""

from feedback_synth.languages._form import Language

LANGUAGE = Language(
    code="vi",
    name="Vietnamese",
    decimal=",",
    thousands=(".",),
    abbreviations=frozenset(
        "tp. ts. ths. pgs. gs. bs. kt. tm. tl. tuq. q. p. tr. v.v. đ/c. ngưt. nxb. stt. tx. tt. vd. cn. ks.".split()
    ),
    stop_words=frozenset(
        "và của các cho với đối được là có trong để không những một này đến về theo tại trên từ khi đã như sẽ bị do "
        "hoặc thì mà nên cũng còn ở ra vào nếu vì".split()
    ),
    letters="ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
)
