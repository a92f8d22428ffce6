"""What lesson 00's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.desk.course_map": "course_map",
        "unrolled.kit.style": "use_style",
        "unrolled.start_here.pictures": "check_and_grade",
        "unrolled.start_here.widgets": "FeedBack",
    }
)
